/*
 * demo_folder.h - the folder a demo is written to: new, empty, or one that an earlier demo has written.
 */
#ifndef SEKISHO_DEMO_DEMO_FOLDER_H
#define SEKISHO_DEMO_DEMO_FOLDER_H

#include "demo/demo.h"

/* Empties the logs of an earlier demo; -1 when the folder holds anything that is not ours. */
int demo_folder_ready(struct str out, struct errors *err);

#endif
