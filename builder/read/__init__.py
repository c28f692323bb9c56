"""From files to values: everything that enters the build comes through here."""
