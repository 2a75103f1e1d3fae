//! Counting allocations.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

/// The system's allocator, with a count of allocations for each thread.
#[derive(Debug)]
pub struct Counting;

fn count() {
    COUNT.set(COUNT.get() + 1);
}

#[allow(unsafe_code, reason = "an allocator is unsafe to implement; this one forwards every call unchanged")]
// SAFETY: the system's allocator upholds the contract, and counting does not allocate.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller upholds the same contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the caller upholds the same contract.
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: the caller upholds the same contract.
        unsafe { System.realloc(place, layout, size) }
    }
}

/// Returns the number of allocations of this thread so far.
#[must_use]
pub fn so_far() -> u64 {
    COUNT.get()
}
