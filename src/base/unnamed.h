/*
 * unnamed.h - a file without a name: it is gone when the process is, whatever happens.
 */
#ifndef SEKISHO_BASE_UNNAMED_H
#define SEKISHO_BASE_UNNAMED_H

/* Opened for reading and writing, of our own eyes only; -1 with errno set. */
int unnamed_open(const char *folder);

#endif
