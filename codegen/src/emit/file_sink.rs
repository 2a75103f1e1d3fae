//! The destination of emitted files.

use super::render::FileContent;

/// Takes files, one by one.
pub struct FileSink<'a>(&'a mut dyn FnMut(String, FileContent));

impl<'a> FileSink<'a> {
    pub fn new(take: &'a mut dyn FnMut(String, FileContent)) -> Self {
        Self(take)
    }

    pub fn add(&mut self, path: impl Into<String>, content: impl Into<FileContent>) {
        (self.0)(path.into(), content.into());
    }
}
