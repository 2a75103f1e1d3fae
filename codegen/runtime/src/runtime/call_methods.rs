//! The methods of each call, as macros: those of a trait would need an import.

/// The methods and the future of a call: a struct with a field `call` of the type [`Call`](super::call::Call).
macro_rules! call {
    ($name:ident) => {
        crate::runtime::call_methods::options!($name);
        crate::runtime::call_methods::send_methods!($name);

        impl std::future::IntoFuture for $name {
            type Output = Result<
                crate::runtime::response::Response<<Self as crate::runtime::operation::Operation>::Output>,
                crate::runtime::error::Error,
            >;
            type IntoFuture = crate::runtime::future::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(async move { crate::runtime::send::send(&self).await })
            }
        }
    };
}

/// The methods and the future of a call whose response is a page of a list; otherwise as [`call!`].
macro_rules! paged_call {
    ($name:ident) => {
        crate::runtime::call_methods::options!($name);
        crate::runtime::call_methods::send_methods!($name);

        impl std::future::IntoFuture for $name {
            type Output = Result<crate::runtime::paging::Page<Self>, crate::runtime::error::Error>;
            type IntoFuture = crate::runtime::future::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                crate::runtime::paging::fetch(self)
            }
        }

        impl $name {
            /// Returns a stream of all items. Each page is fetched when its first item is requested.
            ///
            /// With only the cursor of the backward direction set, the stream goes backward from there, and each page's
            /// items come in reverse order.
            pub fn stream(self) -> crate::runtime::paging::Items<Self> {
                crate::runtime::paging::Items::new(self)
            }

            /// Returns a stream of all pages. Each page is fetched when it is requested.
            ///
            /// With only the cursor of the backward direction set, the stream goes backward from there.
            pub fn pages(self) -> crate::runtime::paging::Pages<Self> {
                crate::runtime::paging::Pages::new(self)
            }
        }

        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        impl $name {
            /// Returns an iterator over all items, which blocks the thread while it fetches a page; otherwise as
            /// [`stream`](Self::stream).
            pub fn items_blocking(self) -> crate::runtime::blocking::BlockingItems<Self> {
                crate::runtime::blocking::BlockingItems::new(self.stream())
            }

            /// Returns an iterator over all pages, which blocks the thread while it fetches one; otherwise as
            /// [`pages`](Self::pages).
            pub fn pages_blocking(self) -> crate::runtime::blocking::BlockingPages<Self> {
                crate::runtime::blocking::BlockingPages::new(self.pages())
            }
        }
    };
}

/// The methods that send a call.
macro_rules! send_methods {
    ($name:ident) => {
        impl $name {
            /// Sends the call, and returns its response: the same as awaiting the call itself.
            ///
            /// # Errors
            ///
            /// As when the call is awaited.
            pub async fn send(self) -> <Self as std::future::IntoFuture>::Output {
                self.await
            }
        }

        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        impl $name {
            /// Sends the call, and blocks the thread until its response is there. It needs no async runtime.
            ///
            /// # Errors
            ///
            /// As when the call is awaited.
            pub fn send_blocking(self) -> <Self as std::future::IntoFuture>::Output {
                crate::runtime::blocking::wait(self)
            }
        }
    };
}

/// The options that every call has.
macro_rules! options {
    ($name:ident) => {
        /// Per-call options.
        impl $name {
            /// Sets the timeout of each attempt, from connecting to the last byte of the response; `None` for no
            /// timeout.
            pub fn timeout(mut self, timeout: impl Into<Option<std::time::Duration>>) -> Self {
                self.call.timeout(timeout.into());
                self
            }

            /// Sets the timeout of the whole call, with all attempts and the waits between them; `None` for no timeout.
            pub fn total_timeout(mut self, timeout: impl Into<Option<std::time::Duration>>) -> Self {
                self.call.total_timeout(timeout.into());
                self
            }

            /// Sets the maximum number of retries.
            pub fn retries(mut self, retries: u32) -> Self {
                self.call.retries(retries);
                self
            }

            /// Sets a header, in place of one of the same name. An invalid value is an error of the call.
            pub fn extra_header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                self.call.extra_header(name.as_ref(), value.as_ref());
                self
            }

            /// Removes a default header.
            pub fn without_header(mut self, name: impl AsRef<str>) -> Self {
                self.call.without_header(name.as_ref());
                self
            }

            /// Adds a query parameter that the spec does not list.
            pub fn extra_query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.call.extra_query(name.into(), value.into());
                self
            }

            /// Adds a property to the body, in place of one of the same name.
            pub fn extra_body(mut self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
                self.call.extra_body(name.into(), value.into());
                self
            }

            /// Sets whether the request is checked against the bounds of the spec before it is sent: `true` by default.
            pub fn validate(mut self, validate: bool) -> Self {
                self.call.validate(validate);
                self
            }

            /// Sets whether a required property that the response lacks takes its type's empty value: `false` by
            /// default.
            /// [`corrected`](crate::Response::corrected) lists such properties. Otherwise they are errors.
            pub fn lenient(mut self, lenient: bool) -> Self {
                self.call.lenient(lenient);
                self
            }
        }
    };
}

pub(crate) use {call, options, paged_call, send_methods};
