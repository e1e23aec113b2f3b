"""Names for invented people: first names and surnames by background, as a Dutch town has them."""

from typing import NamedTuple


class Background(NamedTuple):
    weight: int
    women: str
    men: str
    surnames: str


DUTCH = Background(
    44,
    "Anneke|Anja|Astrid|Bianca|Carla|Claudia|Corrie|Daniëlle|Desirée|Els|Esther|Femke|Fleur|Gerda|"
    "Hanneke|Ilse|Ingeborg|"
    "Jacqueline|Janneke|Joëlle|Jolanda|Karin|Kim|Lianne|Loes|Maaike|Marijke|Marjolein|Marleen|"
    "Mirjam|Monique|Nienke|Petra|"
    "Renée|Rianne|Roos|Sandra|Saskia|Tessa|Thirza|Wendy|Wilma|Yvonne|Zoë",
    "André|Arjan|Bart|Bas|Bennie|Cor|Daan|Dennis|Dirk|Edwin|Erik|Ferry|Frank|Gerard|Gijs|Hans|Henk|"
    "Hugo|Jaap|Jeroen|Joost|"
    "Jurriën|Kees|Koen|Leon|Loïc|Marcel|Mark|Martijn|Michel|Niels|Patrick|Peter|René|Rick|Rob|Ruud|"
    "Sander|Sjoerd|Stefan|"
    "Thijs|Ton|Willem|Wouter",
    "Aalders|van Asselt|Bakker|Beekman|van den Berg|Blom|de Boer|Boon|Bos|ten Brink|van den Broek|"
    "de Bruin|Dekker|van Dijk|"
    "van der Does|Dooren|Driessen|van Eck|Evers|van Gelder|de Graaf|Groen|de Haan|Haverkamp|"
    "van der Heijden|Hoekstra|"
    "Hofman|van 't Hof|in 't Veld|Jansen|de Jong|Kamphuis|Klaassen|Kok|Koster|Kuiper|van Leeuwen|"
    "van der Linden|Lubbers|"
    "Maas|Meijer|van der Meer|Mulder|Nijhuis|Oosterhof|op den Akker|Peeters|Postma|Prinsen|van Rijn|"
    "Roelofs|Schouten|Smit|"
    "van der Steen|Timmer|Veenstra|Verhoeven|Visser|de Vries|Vos|Westerink|de Wilde|Willems|"
    "van Zanten|Zijlstra",
)
BACKGROUNDS = (
    DUTCH,
    Background(
        12,
        "Amina|Fatima|Hafida|Hayat|Ikram|Karima|Khadija|Latifa|Loubna|Malika|Nadia|Naima|Rachida|Saïda|"
        "Siham|Souad|Yamina|Zineb",
        "Abdelkarim|Ahmed|Aziz|Driss|Hamid|Hassan|Ismaïl|Jamal|Karim|Mimoun|Mohamed|Mustapha|Nordin|"
        "Rachid|Saïd|Youssef",
        "el Amrani|Azzouzi|Bouali|Boulahrouz|Bouzid|Chaoui|el Fassi|Haddou|el Hamdaoui|Idrissi|"
        "el Khattabi|Lahlou|Ouali|Tahiri|Yacoubi|Zerrouk",
    ),
    Background(
        11,
        "Ayşe|Aylin|Aysel|Dilek|Elif|Emine|Fadime|Gülay|Hatice|Hülya|Meryem|Nurgül|Özlem|Selma|Şükran|Yasemin|Zeynep",
        "Ahmet|Ali|Burak|Cem|Emre|Ferhat|Hakan|Halil|İbrahim|Kemal|Mehmet|Murat|Ömer|Orhan|Serkan|Şükrü|Yusuf",
        "Acar|Aydın|Çelik|Çetin|Demir|Doğan|Erdoğdu|Güneş|Kaplan|Karaca|Kılıç|Koç|Öztürk|Polat|Şahin|"
        "Taş|Yıldırım|Yıldız|Yılmaz",
    ),
    Background(
        9,
        "Bushra|Fadwa|Hala|Hanan|Lina|Maha|Manal|Nour|Rania|Rasha|Rima|Samar|Wafaa",
        "Ammar|Bilal|Fadi|George|Hussam|Jihad|Khaled|Maher|Mazen|Omar|Samer|Tarek|Wael",
        "al Ahmad|al Hassan|al Khatib|Barakat|Daher|Darwish|Haddad|Hamdan|Issa|Jaber|Kassab|Mansour|"
        "Nasser|Saleh|Shahin|Tawil",
    ),
    Background(
        6,
        "Abeba|Bisrat|Feven|Helen|Luwam|Mebrat|Rahel|Selam|Senait|Tsege",
        "Abel|Berhane|Daniel|Filmon|Kidane|Michael|Robel|Samuel|Tesfay|Yonas",
        "Abraha|Gebremedhin|Ghebreab|Habte|Haile|Kahsay|Mehari|Okubay|Tekle|Tesfamariam|Woldu|Zerai",
    ),
    Background(
        7,
        "Cheryl|Chantal|Diana|Gladys|Ifeoma|Jennifer|Lucrecia|Marlène|Naomi|Patricia|Ruth|Sharon|Urmila|Yvette",
        "Anil|Clifton|Dwight|Errol|Gilbert|Humphrey|Jerrel|Kwame|Lesley|Milton|Orlando|Ricardo|Stanley|Wilfred",
        "Amatdjais|Blokland|Boateng|Castelen|Djasman|Emanuelson|Felter|Gangadin|Kartowidjojo|Leeflang|"
        "Martina|Owusu|Pinas|Ramdin|Sewpersad|Tjon A Joe|Zeefuik",
    ),
    Background(
        6,
        "Agnieszka|Beata|Danuta|Ewa|Iwona|Jolanta|Katarzyna|Małgorzata|Oksana|Renata|Snežana|Wioletta",
        "Andrzej|Dariusz|Grzegorz|Jacek|Krzysztof|Łukasz|Mirosław|Paweł|Sławomir|Tomasz|Zbigniew|Željko",
        "Bąk|Dąbrowski|Jovanović|Kaczmarek|Kamiński|Kovačević|Łapiński|Majewski|Nowak|Piątek|Szymański|"
        "Wójcik|Zając|Zieliński",
    ),
    Background(
        5,
        "Ayaan|Hodan|Ifrah|Leyla|Mahnaz|Maryam|Parisa|Sahra|Shirin|Zahra",
        "Abdi|Ali Reza|Farid|Hamed|Jawad|Mahdi|Mohamud|Najib|Reza|Yasin",
        "Abdullahi|Ahmadi|Ali Warsame|Farah|Hosseini|Jama|Karimi|Mohamud|Naderi|Osman|Rahimi|Rezai|Sharifi|Yusuf Nur",
    ),
)
ORDER_OF_PREFIXES = ("van den", "van der", "van 't", "in 't", "op den", "van", "de", "ten", "el", "al")


def split_prefix(name: str) -> tuple[str, str]:
    """Split ``van den Berg`` into prefix and surname."""
    for prefix in ORDER_OF_PREFIXES:
        if name.startswith(f"{prefix} "):
            return prefix, name[len(prefix) + 1 :]
    return "", name
