"""A process that uses the storage on command, for tests that kill it or make its system calls fail.

Its argument is the descriptor of a socket, over which it gets `append FOLDER ID`, `delete FOLDER ID` or `recover FOLDER
ID` and answers each with `ok` or the name and text of the error; a socket, because the calls of files are made to fail.
Every command opens the folder anew, as a new process would.
"""

import socket
import sys

from data_storage import DataStorage, StorageUnavailable


def interview(session_id: str) -> dict[str, object]:
    """A finished interview, as far as the storage cares."""
    return {"session_id": session_id, "average_score": 7.0, "overall_score": 7.0, "individual_scores": [7.0]}


def obey(command: str, folder: str, session_id: str) -> None:
    """One command; opening the folder may mend what was damaged in it."""
    storage = DataStorage(folder)
    if command == "append":
        storage.save_interview_session(interview(session_id))
    elif command == "delete":
        storage.delete_interview(session_id)


def main() -> None:
    """Obey until the other end closes."""
    connection = socket.socket(fileno=int(sys.argv[1]))
    connection.send(b"ready")
    while line := connection.recv(4096).decode():
        try:
            obey(*line.split())
        except StorageUnavailable as error:
            connection.send(f"StorageUnavailable: {error}".encode())
        else:
            connection.send(b"ok")


if __name__ == "__main__":
    main()
