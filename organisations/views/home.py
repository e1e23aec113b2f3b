from django.http import HttpResponse
from django.shortcuts import redirect, render

from organisations.access import StaffRequest, requires
from organisations.navigation import first_page
from organisations.roles import Permission


@requires(Permission.SIGNED_IN)
def home(request: StaffRequest) -> HttpResponse:
    """Bring somebody to the first page of their work; say so when their account has no role yet."""
    if address := first_page(request.user.standing):
        return redirect(address)
    return render(request, "organisations/home.html")
