"""What a screen is made of: the sprite of icons, glyphs and line drawings. The tags stand in templatetags/look.py."""
