/*
 * options_demo.h - setters of the options that only `sekisho demo` has.
 */
#ifndef SEKISHO_APP_OPTIONS_DEMO_H
#define SEKISHO_APP_OPTIONS_DEMO_H

#include "app/options.h"

int set_demo_accounts(struct options *o, struct str v, struct errors *err);
int set_demo_consumers(struct options *o, struct str v, struct errors *err);
int set_demo_networks(struct options *o, struct str v, struct errors *err);
int set_demo_days(struct options *o, struct str v, struct errors *err);
int set_demo_systems(struct options *o, struct str v, struct errors *err);
int set_demo_seed(struct options *o, struct str v, struct errors *err);
int set_demo_lines(struct options *o, struct str v, struct errors *err);
int set_demo_from(struct options *o, struct str v, struct errors *err);
int set_demo_faults(struct options *o, struct str v, struct errors *err);
int set_demo_incidents(struct options *o, struct str v, struct errors *err);
int set_demo_difficulty(struct options *o, struct str v, struct errors *err);
int set_demo_formats(struct options *o, struct str v, struct errors *err);
int set_demo_size(struct options *o, struct str v, struct errors *err);
int set_demo_out(struct options *o, struct str v, struct errors *err);
int set_demo_stream(struct options *o, struct str v, struct errors *err);
int set_demo_no_scan(struct options *o, struct str v, struct errors *err);

#endif
