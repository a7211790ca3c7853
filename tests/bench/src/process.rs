//! A server as a process of its own, so that what it uses of the machine is its own.

use rustix::process::{Pid, Signal, kill_process};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long it may take until it listens.
const START: Duration = Duration::from_secs(20);
/// How often one looks whether it does.
const GLANCE: Duration = Duration::from_millis(20);

/// From one address, a few people do what thousands do elsewhere: every limit counts, as it does
/// there, and none is met.
const CONFIG: &str = "\
metrics = \"off\"
[limits]
requests = { burst = 1000000000, per_minute = 1000000000 }
guests = { burst = 1000000000, per_minute = 1000000000 }
sessions = { burst = 1000000000, per_minute = 1000000000 }
scans = { burst = 1000000000, per_minute = 1000000000 }
account = { burst = 1000000000, per_minute = 1000000000 }
";

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The floor.
    Floor,
    /// `presso serve`.
    Presso,
}

impl Kind {
    /// As a table has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Presso => "Presso",
        }
    }
}

/// A running server on a fresh folder; it ends, and the folder goes, when this is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// The server's own process, also where another one watches it.
    pub pid: u32,
    child: Child,
    folder: TempDir,
}

/// A program that was built beside this one.
///
/// # Errors
/// When this program does not know where it is.
pub fn beside(name: &str) -> io::Result<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name(name))
}

impl Server {
    /// Starts it and waits until it listens. With `syncs`, strace writes there when it synced.
    ///
    /// # Errors
    /// When it does not start, with the end of what it said.
    pub fn start(kind: Kind, parent: &Path, syncs: Option<&Path>) -> io::Result<Self> {
        let folder = tempfile::tempdir_in(parent)?;
        // Free when asked; that somebody takes it meanwhile is seen as a server that ends.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let (path, listen) = (folder.path().as_os_str(), address.to_string());
        let program = beside(match kind {
            Kind::Floor => "bench-floor",
            Kind::Presso => "presso",
        })?;
        let config = folder.path().join("bench.toml");
        fs::write(&config, CONFIG)?;
        let words: Vec<&OsStr> = match kind {
            Kind::Floor => vec![path, listen.as_ref()],
            Kind::Presso => vec![
                "serve".as_ref(),
                "--data".as_ref(),
                path,
                "--listen".as_ref(),
                listen.as_ref(),
                "--config".as_ref(),
                config.as_os_str(),
            ],
        };
        let mut command = match syncs {
            None => Command::new(&program),
            Some(file) => {
                let mut strace = Command::new("strace");
                let traced = [
                    "-f",
                    "--seccomp-bpf",
                    "-ttt",
                    "-e",
                    "trace=fsync,fdatasync",
                    "-o",
                ];
                strace.args(traced).arg(file).arg(&program);
                strace
            }
        };
        let log = fs::File::create(folder.path().join("log"))?;
        command.args(words).stdin(Stdio::null());
        command.stdout(log.try_clone()?).stderr(log);
        let child = command.spawn()?;
        let mut server = Self {
            address,
            pid: child.id(),
            child,
            folder,
        };
        server.until_it_listens()?;
        if syncs.is_some() {
            server.pid = child_of(server.pid)?;
        }
        Ok(server)
    }

    /// Its data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn until_it_listens(&mut self) -> io::Result<()> {
        let start = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            let ended = self.child.try_wait()?;
            if ended.is_some() || start.elapsed() > START {
                let log = fs::read_to_string(self.folder.path().join("log"))?;
                return Err(io::Error::other(format!(
                    "the server does not listen: {log}"
                )));
            }
            std::thread::sleep(GLANCE);
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It is this one that is to end: a strace around it ends with it. That it has ended
        // already is fine.
        let pid = i32::try_from(self.pid).ok().and_then(Pid::from_raw);
        if let Some(pid) = pid {
            let _ = kill_process(pid, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}

/// The one process that this one started.
fn child_of(parent: u32) -> io::Result<u32> {
    let pids = fs::read_dir("/proc")?.filter_map(|entry| {
        let name = entry.ok()?.file_name();
        name.to_str()?.parse::<u32>().ok()
    });
    let is_child = |pid: &u32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let behind = stat.rsplit_once(')').map(|(_, behind)| behind);
        let of = behind.and_then(|fields| fields.split_whitespace().nth(1));
        of == Some(parent.to_string().as_str())
    };
    let mut pids = pids;
    pids.find(is_child)
        .ok_or_else(|| io::Error::other("strace started nothing"))
}
