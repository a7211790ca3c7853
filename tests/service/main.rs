//! Are promises kept over HTTP and sockets? Each test has a real server of its own, on a port of its
//! own, with SQLite on disk and a clock that can be pushed on.

mod bad_input;
mod deadlines;
mod erasure;
mod finding;
mod late_codes;
mod limits;
mod passcodes;
mod pins;
mod privacy;
mod push;
mod reach;
mod rehearsal;
mod repeats;
mod restart;
mod sessions;
mod storms;
mod watching;

use presso_tests::raw;
