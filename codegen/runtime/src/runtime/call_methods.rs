//! The methods that all calls share. They are macros, since the methods of a trait would need an
//! import.

/// Adds the shared methods and the future to a call: a struct with a field `call` of the type
/// [`Call`](super::call::Call).
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

/// Does the same as [`call!`] for a call whose response is a page of a list.
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
            /// Returns a stream of all items. It fetches each page when the page's first item is
            /// requested.
            ///
            /// If only the cursor of the backward direction is set, the stream goes backward: it
            /// returns the items of each page in reverse order.
            ///
            /// ```no_run
            #[doc = concat!("# async fn example(call: generated_crate::operations::", stringify!($name), ")")]
            /// # -> Result<(), generated_crate::Error> {
            /// let mut items = call.stream();
            /// while let Some(item) = items.try_next().await? {
            ///     println!("{item:#?}");
            /// }
            /// # Ok(())
            /// # }
            /// ```
            pub fn stream(self) -> crate::runtime::paging::Items<Self> {
                crate::runtime::paging::Items::new(self)
            }

            /// Returns a stream of all pages. It fetches each page when the page is requested.
            ///
            /// If only the cursor of the backward direction is set, the stream goes backward.
            ///
            /// ```no_run
            #[doc = concat!("# async fn example(call: generated_crate::operations::", stringify!($name), ")")]
            /// # -> Result<(), generated_crate::Error> {
            /// let mut pages = call.pages();
            /// while let Some(page) = pages.try_next().await? {
            ///     println!("{} items", page.into_items().len());
            /// }
            /// # Ok(())
            /// # }
            /// ```
            pub fn pages(self) -> crate::runtime::paging::Pages<Self> {
                crate::runtime::paging::Pages::new(self)
            }
        }

        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        impl $name {
            /// Returns an iterator over all items, in the order of [`stream`](Self::stream). It
            /// blocks the thread while it fetches a page.
            ///
            /// ```no_run
            #[doc = concat!("# fn example(call: generated_crate::operations::", stringify!($name), ")")]
            /// # -> Result<(), generated_crate::Error> {
            /// for item in call.items_blocking() {
            ///     println!("{:#?}", item?);
            /// }
            /// # Ok(())
            /// # }
            /// ```
            pub fn items_blocking(self) -> crate::runtime::blocking::BlockingItems<Self> {
                crate::runtime::blocking::BlockingItems::new(self.stream())
            }

            /// Returns an iterator over all pages, in the order of [`pages`](Self::pages). It
            /// blocks the thread while it fetches a page.
            pub fn pages_blocking(self) -> crate::runtime::blocking::BlockingPages<Self> {
                crate::runtime::blocking::BlockingPages::new(self.pages())
            }
        }
    };
}

/// Adds the methods that send a call.
macro_rules! send_methods {
    ($name:ident) => {
        impl $name {
            /// Sends the call and returns its response. Awaiting the call does the same.
            ///
            /// # Errors
            ///
            /// Returns an [`Error`](crate::Error), which has one variant for each stage of a call.
            pub async fn send(self) -> <Self as std::future::IntoFuture>::Output {
                self.await
            }
        }

        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        impl $name {
            /// Sends the call and blocks the thread until the response arrives. It needs no async
            /// runtime.
            ///
            /// # Errors
            ///
            /// Returns an [`Error`](crate::Error), which has one variant for each stage of a call.
            ///
            /// ```no_run
            #[doc = concat!("# fn example(call: generated_crate::operations::", stringify!($name), ")")]
            /// # -> Result<(), generated_crate::Error> {
            /// let response = call.send_blocking()?;
            /// println!("{:?}", response.request_id());
            /// # Ok(())
            /// # }
            /// ```
            pub fn send_blocking(self) -> <Self as std::future::IntoFuture>::Output {
                crate::runtime::blocking::wait(self)
            }
        }
    };
}

/// Adds the options that every call has.
macro_rules! options {
    ($name:ident) => {
        /// Per-call options. They take precedence over the client's settings.
        ///
        /// ```no_run
        #[doc = concat!("# async fn example(call: generated_crate::operations::", stringify!($name), ")")]
        /// # -> Result<(), generated_crate::Error> {
        /// use std::time::Duration;
        ///
        /// let response = call.timeout(Duration::from_secs(10)).retries(0).await?;
        /// println!("{} after {} attempts", response.status(), response.attempts());
        /// # Ok(())
        /// # }
        /// ```
        impl $name {
            /// Sets the timeout of each attempt, from connecting to the last byte of the response.
            /// `None` disables it.
            pub fn timeout(mut self, timeout: impl Into<Option<std::time::Duration>>) -> Self {
                self.call.timeout(timeout.into());
                self
            }

            /// Sets the timeout of the whole call, including its retries and their delays. `None`
            /// disables it.
            pub fn total_timeout(mut self, timeout: impl Into<Option<std::time::Duration>>) -> Self {
                self.call.total_timeout(timeout.into());
                self
            }

            /// Sets the maximum number of retries.
            pub fn retries(mut self, retries: u32) -> Self {
                self.call.retries(retries);
                self
            }

            /// Sets a header. It replaces a header of the same name.
            ///
            /// If the name or the value is invalid, sending the call is an error.
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

            /// Adds a property to the body. It replaces a property of the same name.
            pub fn extra_body(mut self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
                self.call.extra_body(name.into(), value.into());
                self
            }

            /// Sets whether the client checks the request against the bounds of the spec before it
            /// sends it.
            pub fn validate(mut self, validate: bool) -> Self {
                self.call.validate(validate);
                self
            }

            /// Sets whether the response decodes leniently.
            ///
            /// With `true`, a required property that the response lacks takes the default of the
            /// spec, or an empty value if there is none.
            /// [`corrected`](crate::Response::corrected) returns the paths of such properties. With
            /// `false`, each of them is an error.
            pub fn lenient(mut self, lenient: bool) -> Self {
                self.call.lenient(lenient);
                self
            }
        }
    };
}

pub(crate) use {call, options, paged_call, send_methods};
