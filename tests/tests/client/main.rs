//! The client over loopback, against real sockets.

mod operations;
