//! The mock server: its checks and answers as functions of a request, then on a socket and as a process.

mod answers;
mod body;
mod command;
mod other_spec;
mod paging;
mod request;
mod requests;
mod socket;
