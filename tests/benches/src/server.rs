//! A loopback server with one response for every request.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::thread;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime;

/// Starts a server that answers each request with this JSON, on a thread of its own. Returns its address.
#[must_use]
pub fn start(json: &str) -> SocketAddr {
    let json = Bytes::copy_from_slice(json.as_bytes());
    let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("the runtime starts");
    let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).expect("a port is free");
    let address = listener.local_addr().expect("a listener has an address");
    thread::spawn(move || {
        runtime.block_on(async {
            while let Ok((stream, _)) = listener.accept().await {
                stream.set_nodelay(true).ok();
                tokio::spawn(serve(TokioIo::new(stream), json.clone()));
            }
        });
    });
    address
}

async fn serve(stream: TokioIo<tokio::net::TcpStream>, json: Bytes) {
    let answer = |_: Request<Incoming>| async {
        let response = Response::builder()
            .header("content-type", "application/json")
            .header("x-request-id", "req_0123456789abcdef")
            .body(Full::new(json.clone()));
        Ok::<_, Infallible>(response.expect("these headers are valid"))
    };
    // A client may close the connection at any time.
    hyper::server::conn::http1::Builder::new().serve_connection(stream, service_fn(answer)).await.ok();
}
