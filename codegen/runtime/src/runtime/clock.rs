//! Time, and the random numbers of the jitter.

use std::time::{Duration, SystemTime};

use super::future::BoxFuture;

/// The clock of a client. The default is [`SystemClock`]; tests bring their own.
pub trait Clock: Send + Sync + 'static {
    /// Returns the time since some fixed moment. It never goes back.
    fn elapsed(&self) -> Duration;

    /// Returns the time of day, to compare the dates of servers with.
    fn now(&self) -> SystemTime;

    /// Returns `true` if [`sleep`](Self::sleep) works. Otherwise a call fails with an error that says so.
    fn is_available(&self) -> bool {
        true
    }

    /// Sleeps for a duration.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Returns a random number, from 0 to below 1.
    fn random(&self) -> f64;
}

/// The clock of the system. It needs a running Tokio runtime with timers, or a browser on `wasm32`.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

#[cfg(not(target_arch = "wasm32"))]
impl Clock for SystemClock {
    fn elapsed(&self) -> Duration {
        static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
        START.get_or_init(std::time::Instant::now).elapsed()
    }

    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn is_available(&self) -> bool {
        tokio::runtime::Handle::try_current().is_ok()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn random(&self) -> f64 {
        random()
    }
}

#[cfg(target_arch = "wasm32")]
impl Clock for SystemClock {
    fn elapsed(&self) -> Duration {
        // The browser's monotonic clock would need another binding.
        self.now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
    }

    fn now(&self) -> SystemTime {
        // The standard library has no time of day here.
        SystemTime::UNIX_EPOCH + Duration::from_secs_f64(js_sys::Date::now() / 1000.0)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // A browser counts milliseconds in 32 bits.
        Box::pin(gloo_timers::future::sleep(duration.min(Duration::from_millis(u32::MAX.into()))))
    }

    fn random(&self) -> f64 {
        random()
    }
}

/// Returns a random number, good enough for jitter: the standard library seeds each hash map at random.
pub fn random() -> f64 {
    use std::hash::{BuildHasher, Hasher};
    let bits = std::hash::RandomState::new().build_hasher().finish();
    let high = u32::try_from(bits >> 32).unwrap_or_default();
    f64::from(high) / (f64::from(u32::MAX) + 1.0)
}
