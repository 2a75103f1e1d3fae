//! The retry decision.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::runtime::retry::{FailedAttempt, RetryDecision, RetryPolicy, RetrySituation, decide, server_delay};

fn headers(list: &[(&'static str, &str)]) -> HeaderMap {
    let value = |text: &str| HeaderValue::from_str(text).expect("the test's header is valid");
    list.iter().map(|(name, text)| (HeaderName::from_static(name), value(text))).collect()
}

/// 2015-10-21T07:28:00Z.
fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_412_480)
}

fn situation() -> RetrySituation {
    RetrySituation { attempts: 1, remaining: None, now: now(), random: 0.0 }
}

fn after(status: u16, list: &[(&'static str, &str)], is_final: bool, situation: &RetrySituation) -> RetryDecision {
    let headers = headers(list);
    let status = StatusCode::from_u16(status).expect("the test's status is valid");
    decide(&RetryPolicy::default(), &FailedAttempt::Status { status, headers: &headers, is_final }, situation)
}

const FIRST: RetryDecision = RetryDecision::Retry(Duration::from_millis(500));

#[test]
fn retries_only_some_statuses() {
    for status in [408, 409, 429, 500, 502, 503, 504, 529] {
        assert_eq!(after(status, &[], false, &situation()), FIRST, "{status}");
    }
    for status in [300, 304, 400, 401, 403, 404, 410, 413, 422, 428, 430] {
        assert_eq!(after(status, &[], false, &situation()), RetryDecision::GiveUp, "{status}");
    }
}

#[test]
fn x_should_retry_takes_precedence_over_the_status_and_the_code() {
    let yes = [("x-should-retry", "true")];
    assert_eq!(after(400, &yes, false, &situation()), FIRST);
    assert_eq!(after(429, &yes, true, &situation()), FIRST);
    assert_eq!(after(500, &[("x-should-retry", "false")], false, &situation()), RetryDecision::GiveUp);
    assert_eq!(after(500, &[("x-should-retry", "maybe")], false, &situation()), FIRST);
}

#[test]
fn does_not_retry_a_final_code() {
    assert_eq!(after(429, &[], true, &situation()), RetryDecision::GiveUp);
}

#[test]
fn retries_transient_transport_errors() {
    let decision = |transient| decide(&RetryPolicy::default(), &FailedAttempt::Transport { transient }, &situation());
    assert_eq!(decision(true), FIRST);
    assert_eq!(decision(false), RetryDecision::GiveUp);
}

#[test]
fn delays_double_up_to_a_maximum_with_jitter() {
    let policy = RetryPolicy { max_retries: 9, ..RetryPolicy::default() };
    let wait = |attempts, random| {
        decide(
            &policy,
            &FailedAttempt::Transport { transient: true },
            &RetrySituation { attempts, random, ..situation() },
        )
    };
    let expected = [500, 1000, 2000, 4000, 8000, 8000, 8000, 8000, 8000];
    for (attempts, milliseconds) in (1..).zip(expected) {
        assert_eq!(wait(attempts, 0.0), RetryDecision::Retry(Duration::from_millis(milliseconds)), "{attempts}");
        let RetryDecision::Retry(shortest) = wait(attempts, 1.0) else { panic!("it is retried") };
        assert_eq!(shortest.as_millis(), u128::from(milliseconds * 3 / 4), "{attempts}");
    }
    assert_eq!(wait(10, 0.0), RetryDecision::GiveUp);
}

#[test]
fn gives_up_after_the_maximum_number_of_retries() {
    let at = |attempts| after(500, &[], false, &RetrySituation { attempts, ..situation() });
    assert!(matches!((at(1), at(2), at(3)), (RetryDecision::Retry(_), RetryDecision::Retry(_), RetryDecision::GiveUp)));
    let never = decide(&RetryPolicy::never(), &FailedAttempt::Transport { transient: true }, &situation());
    assert_eq!(never, RetryDecision::GiveUp);
}

#[test]
fn no_delay_exceeds_the_total_timeout() {
    let within = |milliseconds| {
        let remaining = Some(Duration::from_millis(milliseconds));
        after(500, &[], false, &RetrySituation { remaining, ..situation() })
    };
    assert_eq!((within(501), within(500), within(0)), (FIRST, RetryDecision::GiveUp, RetryDecision::GiveUp));
}

#[test]
fn honours_a_valid_retry_after() {
    const GIVE_UP: Option<f64> = None;
    // The delay of the policy.
    const OWN: Option<f64> = Some(0.5);
    let cases = [
        ("retry-after", "20", Some(20.0)),
        ("retry-after", "0", OWN),
        ("retry-after", "-10", OWN),
        ("retry-after", "60", Some(60.0)),
        ("retry-after", "61", GIVE_UP),
        ("retry-after", "0.25", Some(0.25)),
        ("retry-after", " 3 ", Some(3.0)),
        ("retry-after", "Wed, 21 Oct 2015 07:28:30 GMT", Some(30.0)),
        ("retry-after", "Wed, 21 Oct 2015 07:29:01 GMT", GIVE_UP),
        ("retry-after", "Wed, 21 Oct 2015 07:27:00 GMT", OWN),
        ("retry-after", "inf", OWN),
        ("retry-after", "nan", OWN),
        ("retry-after", "9999999999999", GIVE_UP),
        ("retry-after", "1e300", OWN),
        ("retry-after", "", OWN),
        ("retry-after", "soon", OWN),
        ("retry-after-ms", "1500", Some(1.5)),
        ("retry-after-ms", "0.5", Some(0.0005)),
        ("retry-after-ms", "-1", OWN),
        ("retry-after-ms", "60001", GIVE_UP),
        ("retry-after-ms", "nan", OWN),
    ];
    for (name, value, expected) in cases {
        let expected =
            expected.map_or(RetryDecision::GiveUp, |seconds| RetryDecision::Retry(Duration::from_secs_f64(seconds)));
        assert_eq!(after(429, &[(name, value)], false, &situation()), expected, "{name}: {value}");
    }
}

#[test]
fn valid_milliseconds_take_precedence_over_seconds() {
    let delay = |list: &[(&'static str, &str)]| server_delay(&headers(list), now());
    let both = [("retry-after-ms", "250"), ("retry-after", "9")];
    assert_eq!(delay(&both), Some(Duration::from_millis(250)));
    assert_eq!(delay(&[("retry-after-ms", "soon"), ("retry-after", "9")]), Some(Duration::from_secs(9)));
    assert_eq!(delay(&[]), None);
}

#[test]
fn no_policy_panics() {
    let extremes = [0.0, 1.0, -1.0, 2.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
    let delays = [Duration::ZERO, Duration::from_nanos(1), Duration::MAX];
    let pairs = delays.iter().flat_map(|initial| delays.map(|max| (*initial, max)));
    for (jitter, (initial, max)) in pairs.flat_map(|pair| extremes.map(|jitter| (jitter, pair))) {
        let mut policy = RetryPolicy::new();
        (policy.jitter, policy.initial_delay, policy.max_delay, policy.max_retries) = (jitter, initial, max, u32::MAX);
        for attempts in [1, 2, 33, u32::MAX] {
            for random in [0.0, 0.5, f64::NAN] {
                let situation = RetrySituation { attempts, random, ..situation() };
                let RetryDecision::Retry(delay) =
                    decide(&policy, &FailedAttempt::Transport { transient: true }, &situation)
                else {
                    panic!("it is retried")
                };
                assert!(delay <= max, "{delay:?} exceeds {max:?}");
            }
        }
    }
}
