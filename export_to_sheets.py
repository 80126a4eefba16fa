"""Put every finished interview into Google Sheets: `python export_to_sheets.py`. Copy it and change what you like."""

from data_storage import DataStorage, GoogleSheetsError, GoogleSheetsStorage

storage = DataStorage()
sheets = GoogleSheetsStorage()  # the key file that GOOGLE_SHEETS_CREDENTIALS names

interviews = storage.get_all_interviews()
try:
    changed = sheets.export_all_interviews(interviews, sheet_name=sheets.sheet_name)
except GoogleSheetsError as error:
    raise SystemExit(str(error)) from None
print(f"{len(interviews)} interviews, {changed} rows written to {sheets.sheet_name}")
