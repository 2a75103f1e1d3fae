//! Counting allocations.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

/// The system's allocator, which counts for each thread how often it was asked for memory.
#[derive(Debug)]
pub struct Counting;

fn count() {
    COUNT.set(COUNT.get() + 1);
}

#[allow(unsafe_code, reason = "an allocator is unsafe to implement; this one passes everything on as it came")]
// SAFETY: the system's allocator keeps the promises, and counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: as the caller promises.
        unsafe { System.realloc(place, layout, size) }
    }
}

/// How often this thread has asked for memory so far.
#[must_use]
pub fn so_far() -> u64 {
    COUNT.get()
}
