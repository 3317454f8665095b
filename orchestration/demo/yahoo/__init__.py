"""Yahoo!ショッピング: its two order files."""
