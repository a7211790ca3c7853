//! The backend on a thread and runtime of its own, as in its program.

use presso_backend::{
    app::{App, AppConfig},
    serve,
};
use std::{net::TcpListener, thread::JoinHandle};
use tokio::sync::oneshot;

pub(super) struct Running {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Running {
    /// Serves, from when this answers.
    pub(super) async fn start(listener: TcpListener, config: AppConfig) -> Self {
        listener
            .set_nonblocking(true)
            .expect("a socket can be told");
        let (stop, stopped) = oneshot::channel::<()>();
        let (up, is_up) = oneshot::channel();
        let served = async move {
            let app = App::build(config).await.expect("the server starts");
            let listener = tokio::net::TcpListener::from_std(listener).expect("it listens");
            // Its reader is gone only when the test is.
            let _ = up.send(());
            let shutdown = async {
                let _ = stopped.await;
            };
            serve::run(listener, app, shutdown).await;
        };
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime can be made");
            runtime.block_on(served);
        });
        is_up.await.expect("the server starts");
        Self { stop, thread }
    }

    /// Answers when nothing of it runs any more.
    pub(super) async fn stop(self) {
        drop(self.stop);
        let ended = tokio::task::spawn_blocking(|| self.thread.join()).await;
        ended.expect("it is waited for").expect("it ends in peace");
    }
}
