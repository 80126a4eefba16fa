"""What scripts import to read and write the interview files: `from data_storage import DataStorage`.

It loads neither Flask nor numpy. The engine is in `interviewer.storage`.
"""

from interviewer.errors import StorageUnavailable
from interviewer.storage.data_storage import DataStorage

__all__ = ["DataStorage", "StorageUnavailable"]
