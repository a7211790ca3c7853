//! The journal that the engine writes with here: on the simulated disk, where every call takes its
//! time, so that the server can die in each.

use crate::disk::{Disk, eio};
use crate::time::Time;
use parking_lot::Mutex;
use presso_backend::engine::Key;
use presso_backend::journal::{Batch, Committed, Error, Journal, Loaded, Remembered};
use presso_core::id::{ShopId, StaffId};
use presso_core::time::Timestamp;
use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

#[derive(Clone)]
pub(crate) struct SimulatedJournal {
    pub(crate) disk: Arc<Mutex<Disk>>,
    pub(crate) time: Time,
}

impl SimulatedJournal {
    async fn read(&self) -> Result<(), Error> {
        let (at, fails) = self.disk.lock().read(self.time.now());
        self.time.sleep_until(at).await;
        if fails { Err(eio()) } else { Ok(()) }
    }
}

impl Journal for SimulatedJournal {
    async fn shops(&mut self) -> Result<Vec<ShopId>, Error> {
        self.read().await?;
        let version = self.disk.lock().store.version();
        Ok((version > 0).then(crate::shop::id).into_iter().collect())
    }
    async fn load(&mut self, shop: &ShopId) -> Result<Option<Loaded>, Error> {
        self.read().await?;
        let disk = self.disk.lock();
        let store = &disk.store;
        let base = store.base(shop);
        let from = usize::try_from(base.version).unwrap_or(usize::MAX);
        Ok(store.secret.clone().map(|secret| Loaded {
            events: store.events.get(from..).unwrap_or_default().to_vec(),
            base,
            secret,
            names: Vec::new(),
        }))
    }
    async fn staff_names(&mut self) -> Result<HashMap<StaffId, String>, Error> {
        self.read().await?;
        Ok(HashMap::new())
    }
    async fn recall(&mut self, key: &Key, now: Timestamp) -> Result<Option<Remembered>, Error> {
        let (at, fails) = self.disk.lock().looks_up(self.time.now());
        self.time.sleep_until(at).await;
        if fails {
            return Err(eio());
        }
        Ok(self.disk.lock().store.recall(key, now))
    }
    fn commit(&mut self, batch: Batch) -> impl Future<Output = Committed> + 'static {
        let ends = self.disk.lock().begin(&batch, self.time.now());
        let (disk, time) = (Arc::clone(&self.disk), self.time.clone());
        async move {
            time.sleep_until(ends).await;
            let outcome = disk.lock().end(time.now());
            (batch, outcome.map(|()| Vec::new()))
        }
    }
}
