"""A small HTTP server for command-line cases, on a free port of 127.0.0.1.

It serves a case's folder http/:

  NAME         a page: sent with status 200 as text/html
  NAME.reply   a whole answer, status line and headers and body, sent as it
               is but for placeholders; answers for the path /NAME
  NAME.stall   the same, but the connection then stays open, as that of a
               server that has stopped in mid-answer

Anything else is 404. Line ends in the head of a reply become CR LF.
"""
import pathlib
import socket
import threading


class Server:
    def __init__(self, folder, expand):
        """expand(bytes) fills placeholders in; self.port is then known."""
        self.folder = pathlib.Path(folder)
        self.expand = expand
        self.stalled = threading.Event()
        self.closing = threading.Event()
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.port = self.socket.getsockname()[1]
        self.threads = []

    def __enter__(self):
        self.socket.settimeout(0.1)
        self.start(self.accept)
        return self

    def __exit__(self, *_):
        self.closing.set()
        for thread in self.threads:
            thread.join()
        self.socket.close()

    def start(self, function, *args):
        thread = threading.Thread(target=function, args=args, daemon=True)
        self.threads.append(thread)
        thread.start()

    def accept(self):
        while not self.closing.is_set():
            try:
                connection, _ = self.socket.accept()
            except socket.timeout:
                continue
            self.start(self.answer, connection)

    def answer(self, connection):
        with connection:
            connection.settimeout(5)
            try:
                request = b''
                while b'\r\n\r\n' not in request:
                    piece = connection.recv(4096)
                    if not piece:
                        return
                    request += piece
                path = request.split(b' ')[1].decode('latin-1')
                reply, stall = self.find(path.split('?')[0].lstrip('/'))
                connection.sendall(reply)
                if stall:
                    self.stalled.set()
                    self.closing.wait(30)
            except OSError:
                pass  # the command has hung up, which it may

    def find(self, name):
        """The answer for a path, and whether to stall after it."""
        page = self.folder / name
        for suffix in ('.reply', '.stall'):
            whole = self.folder / (name + suffix)
            if whole.is_file():
                head, gap, body = self.expand(
                    whole.read_bytes()).partition(b'\n\n')
                head = head.replace(b'\n', b'\r\n')
                gap = b'\r\n\r\n' if gap else b''
                return head + gap + body, suffix == '.stall'
        if name and page.is_file():
            status, body = b'200 OK', page.read_bytes()
        else:
            status, body = b'404 Not Found', b'<p>There is no such page.</p>\n'
        return (b'HTTP/1.1 ' + status + b'\r\nContent-Type: text/html\r\n'
                b'Content-Length: %d\r\nConnection: close\r\n\r\n'
                % len(body) + body), False
