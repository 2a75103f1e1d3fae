//! Time, and the chance that spreads retries over it.

use std::time::{Duration, SystemTime};

use super::future::BoxFuture;

/// What a client knows of time. Tests bring their own; everyone else has [`SystemClock`].
pub trait Clock: Send + Sync + 'static {
    /// Time since some fixed moment. Never goes back.
    fn elapsed(&self) -> Duration;

    /// The time of day, which the dates of servers are compared with.
    fn now(&self) -> SystemTime;

    /// Whether waiting works here and now, so that a call can say so where it does not.
    fn is_available(&self) -> bool {
        true
    }

    /// Waits.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// A number by chance, from 0 to below 1.
    fn random(&self) -> f64;
}

/// The time of the machine. Needs a running Tokio runtime with its timers enabled, or a browser on `wasm32`.
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
        // Instants of the browser's monotonic clock would need a binding of their own.
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

/// Good enough to spread retries: the standard library seeds each of its hash maps by chance.
pub fn random() -> f64 {
    use std::hash::{BuildHasher, Hasher};
    let bits = std::hash::RandomState::new().build_hasher().finish();
    let high = u32::try_from(bits >> 32).unwrap_or_default();
    f64::from(high) / (f64::from(u32::MAX) + 1.0)
}
