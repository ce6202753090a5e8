//! Whether a store does what archives need of it, tried with a small object that is gone again afterwards.

use bytes::Bytes;
use cloison_model::hexadecimal;

use super::Store;
use super::error::StoreError;
use super::key::ObjectKey;
use super::object::{Created, History};

/// Below it every check has a name of its own.
const FOLDER: &str = "cloison-check";

impl Store {
    /// Writes, reads back, lists and deletes, and sees that what is there is not overwritten by mistake. Answers whether the
    /// store was asked for versions, so that an erasure is known to reach them.
    ///
    /// It needs the rights that an erasure needs: where versions cannot be listed and deleted, this says so.
    pub async fn check(&self) -> Result<History, StoreError> {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|error| StoreError::Other {
            store: self.to_string(),
            why: "this machine gives no random numbers".to_owned(),
            source: Some(error.into()),
        })?;
        let folder = format!("{FOLDER}/{}", hexadecimal(&random));
        let folder: ObjectKey = folder.parse().expect("letters, digits and a slash");
        let key = folder.join("object").expect("a word below a name is a name");
        let tried = self.try_out(&key).await;
        let deleted = self.delete_prefix(&folder).await;
        tried?;
        let deleted = deleted?;
        match self.stat(&key).await? {
            None => Ok(deleted.history),
            Some(_) => Err(self.unable("delete an object", "give the access key that right")),
        }
    }

    async fn try_out(&self, key: &ObjectKey) -> Result<(), StoreError> {
        let (one, other) = (Bytes::from_static(b"one"), Bytes::from_static(b"other"));
        self.create(key, one.clone()).await?;
        // Some take the condition, and pay no heed to it.
        if self.create(key, other).await? != Created::Other {
            return Err(self.unable(
                "make an object only if there is none",
                "use a store that heeds If-None-Match: without it two archives could overwrite each other",
            ));
        }
        if self.get_small(key, one.len() as u64).await? != Some(one) {
            return Err(self.unable("give back what it was given", "do not use it"));
        }
        Ok(())
    }

    fn unable(&self, what: &'static str, advice: &'static str) -> StoreError {
        StoreError::Unable { store: self.to_string(), what, advice }
    }
}
