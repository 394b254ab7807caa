"""What logrotate does to the files of one log, in eight ways, by hand: the same calls in the same order.

A half-written last line, the moment between copy and truncate, and an archive that is not packed to its end are
states that a nightly run may meet; night.py puts the run there."""

import gzip
import os
import shutil
import time

MODES = ("create", "copytruncate", "compress", "delaycompress", "dateext", "dateext-compress", "olddir", "size")

KEEP = 60       # rotations that stay: more than any missed nights make
SIZE = 5000     # bytes from which mode size rotates


class Log:
    def __init__(self, folder, archive, mode):
        self.live = os.path.join(folder, "access.log")
        self.folder = archive if mode == "olddir" else folder
        self.mode = mode
        self.half = None        # the rest of a line that the writer is in the middle of
        self.packing = None     # an archive that gzip is at work on
        open(self.live, "w", encoding="ascii").close()

    # --- what the writer does ---

    def append(self, lines, end="\n"):
        assert self.half is None
        with open(self.live, "a", encoding="ascii") as out:
            for line in lines:
                out.write(line + end)

    def begin_line(self, line, cut):
        """The writer is in the middle of a line."""
        with open(self.live, "a", encoding="ascii") as out:
            out.write(line[:cut])
        self.half = line[cut:]

    def end_line(self):
        if self.half is not None:
            with open(self.live, "a", encoding="ascii") as out:
                out.write(self.half + "\n")
            self.half = None

    def size(self):
        return os.path.getsize(self.live)

    # --- what logrotate does ---

    def older(self, n):
        return os.path.join(self.folder, "access.log.%d" % n)

    def shift(self, first):
        for n in range(KEEP, first - 1, -1):
            for ending in ("", ".gz"):
                if os.path.exists(self.older(n) + ending):
                    if n == KEEP:
                        os.unlink(self.older(n) + ending)
                    else:
                        os.rename(self.older(n) + ending, self.older(n + 1) + ending)

    def pack(self, path):
        stat = os.stat(path)
        with open(path, "rb") as plain:
            packed = gzip.compress(plain.read(), 6, mtime=0)
        with open(path + ".gz", "wb") as out:
            out.write(packed)
        os.utime(path + ".gz", (stat.st_atime, stat.st_mtime))
        os.unlink(path)

    def pack_begun(self, path, share):
        """As a run sees it that comes while gzip is at work: the plain file is there, the archive ends early."""
        with open(path, "rb") as plain:
            packed = gzip.compress(plain.read(), 6, mtime=0)
        with open(path + ".gz", "wb") as out:
            out.write(packed[:max(1, len(packed) * share // 100)])

    def forget(self):
        dated = sorted(name for name in os.listdir(self.folder) if name.startswith("access.log-"))
        for name in dated[:-KEEP]:
            os.unlink(os.path.join(self.folder, name))

    def new_live(self):
        open(self.live, "w", encoding="ascii").close()

    def dated(self, date):
        return os.path.join(self.folder, "access.log-%s" % date.strftime("%Y%m%d"))

    def rotate(self, date, between=None):
        """between() is called where a run can come between two steps."""
        if self.mode == "copytruncate":
            self.shift(1)
            shutil.copy2(self.live, self.older(1))
            if between:
                between()
            with open(self.live, "r+", encoding="ascii") as live:
                live.truncate(0)
            return
        if self.mode in ("dateext", "dateext-compress"):
            to = self.dated(date)
            if os.path.exists(to) or os.path.exists(to + ".gz"):
                return # as logrotate does: once a day
            os.rename(self.live, to)
            if between:
                between()
            self.new_live()
            self.forget()
            if self.mode == "dateext-compress":
                self.pack_with(to, between)
            return
        self.shift(1)
        if self.mode == "delaycompress" and os.path.exists(self.older(2)):
            self.pack(self.older(2))
        os.rename(self.live, self.older(1))
        if between:
            between()
        self.new_live()
        if self.mode == "compress":
            self.pack_with(self.older(1), between)

    def pack_with(self, path, between):
        if between:
            self.packing = path + ".gz"
            self.pack_begun(path, 60)
            between()
            os.unlink(self.packing)
            self.packing = None
        self.pack(path)

    def rest(self, seconds, live_too):
        """Files that nobody writes have old times; the live one may be written this very moment."""
        for folder in {os.path.dirname(self.live), self.folder}:
            for name in os.listdir(folder):
                path = os.path.join(folder, name)
                if path != self.live and path != self.packing:
                    os.utime(path, (seconds - 7200, seconds - 7200))
        if not os.path.exists(self.live):
            return
        if live_too and self.half is None:
            os.utime(self.live, (seconds - 7200, seconds - 7200))
        else:
            os.utime(self.live, (time.time(), time.time()))
