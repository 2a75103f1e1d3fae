//! The mock server: its checks and responses as functions of a request, then on a socket and as a process.

mod body;
mod command;
mod other_api;
mod pagination;
mod rejections;
mod responses;
mod socket;
mod valid_requests;
