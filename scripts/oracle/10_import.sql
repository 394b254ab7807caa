-- Reads the CSV of `sekisho parse`, the ledgers and the lists judge drew from the policy, all as
-- text and under the names their own headers give (in_*). A ledger the policy does not name was
-- put there by judge as a bare header. Nothing is judged here.
.import --csv parse.csv in_parse
.import --csv systems.csv in_systems
.import --csv permitted.csv in_permitted
.import --csv named.csv in_named
.import --csv public.csv in_public
.import --csv ledgers/orgs.csv in_orgs
.import --csv ledgers/people.csv in_people
.import --csv ledgers/accounts.csv in_accounts
.import --csv ledgers/shared_ids.csv in_shared_ids
.import --csv ledgers/terminals.csv in_terminals
.import --csv ledgers/terminal_loans.csv in_terminal_loans
.import --csv ledgers/networks.csv in_networks
.import --csv ledgers/consumers.csv in_consumers
.import --csv ledgers/barrier.csv in_barrier
.import --csv ledgers/holidays.csv in_holidays
.import --csv ledgers/closures.csv in_closures
.import --csv ledgers/schedules.csv in_schedules
.import --csv ledgers/permits.csv in_permits
.import --csv ledgers/disasters.csv in_disasters
.import --csv ledgers/allow_pairs.csv in_allow_pairs
.import --csv ledgers/substitutes.csv in_substitutes
.import --csv ledgers/clients.csv in_clients
.import --csv ledgers/auth_events.csv in_auth_events
.import --csv ledgers/grants.csv in_grants
