"""What scripts import to read, write and export the interviews: `from data_storage import DataStorage`.

It loads neither Flask nor numpy, and Google's libraries only with the first GoogleSheetsStorage. The engines are in
`interviewer.storage` and `interviewer.sheets`.
"""

from interviewer.errors import GoogleSheetsError, StorageUnavailable
from interviewer.sheets.google_sheets_storage import GoogleSheetsStorage
from interviewer.storage.data_storage import DataStorage

__all__ = ["DataStorage", "GoogleSheetsError", "GoogleSheetsStorage", "StorageUnavailable"]
