"""The report as a PDF to keep and to print, set by Typst in a process of its own.

A record is made printable (`printable`), put into words (`content`, `answers`), and laid out by what is in `template/`.
"""
