//! A DNS of a test's own, on a port of this machine: what is set is answered, and what is not is no such name.
#![expect(clippy::unwrap_used, reason = "a test whose network fails, fails")]

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};

use tokio::net::UdpSocket;
use tokio::sync::Notify;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

/// Answers by UDP; gone when dropped.
pub struct Dns {
    pub address: SocketAddr,
    zone: Arc<Mutex<Zone>>,
    mood_changed: Arc<Notify>,
    _stop: DropGuard,
}

#[derive(Default)]
struct Zone {
    /// By name and type.
    records: BTreeMap<(String, u16), Vec<String>>,
    mood: Mood,
    asked: Vec<String>,
    held: Vec<(Vec<u8>, SocketAddr)>,
}

/// How questions are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Answers,
    /// It hears and says nothing.
    Silent,
    /// It says that it cannot.
    Fails,
    /// It answers when the mood changes.
    Waits,
}

const A: u16 = 1;
const NS: u16 = 2;
const CNAME: u16 = 5;
const TXT: u16 = 16;
const AAAA: u16 = 28;
const HEADER_BYTES: usize = 12;
const TTL_SECONDS: u32 = 300;
/// More names on the way than a test has.
const CNAMES_MAX: usize = 8;
const SERVER_FAILURE: u8 = 2;
const NO_SUCH_NAME: u8 = 3;

impl Dns {
    pub async fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let (zone, stop) = (Arc::<Mutex<Zone>>::default(), CancellationToken::new());
        let mood_changed = Arc::<Notify>::default();
        let (serving, changed) = (Arc::clone(&zone), Arc::clone(&mood_changed));
        let stopped = stop.clone();
        TaskTracker::new().spawn(async move {
            tokio::select! {
                () = serve(&socket, &serving, &changed) => {}
                () = stopped.cancelled() => {}
            }
        });
        Self { address, zone, mood_changed, _stop: stop.drop_guard() }
    }

    /// All records of that type (`A`, `AAAA`, `CNAME`, `NS` or `TXT`) at that name; none takes them away.
    pub fn set(&self, name: &str, kind: &str, values: &[&str]) {
        let mut zone = self.zone.lock().unwrap();
        let key = (name.to_owned(), number(kind));
        if values.is_empty() {
            zone.records.remove(&key);
        } else {
            zone.records.insert(key, values.iter().map(|it| (*it).to_owned()).collect());
        }
    }

    pub fn mood(&self, mood: Mood) {
        self.zone.lock().unwrap().mood = mood;
        self.mood_changed.notify_one();
    }

    /// The names that were asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.zone.lock().unwrap().asked.clone()
    }
}

fn number(kind: &str) -> u16 {
    match kind {
        "A" => A,
        "AAAA" => AAAA,
        "CNAME" => CNAME,
        "NS" => NS,
        "TXT" => TXT,
        other => panic!("no type of records here: {other}"),
    }
}

async fn serve(socket: &UdpSocket, zone: &Mutex<Zone>, mood_changed: &Notify) {
    let mut buffer = [0; 512];
    loop {
        let came = tokio::select! {
            received = socket.recv_from(&mut buffer) => {
                let (length, from) = received.unwrap();
                vec![(buffer[..length].to_vec(), from)]
            }
            () = mood_changed.notified() => std::mem::take(&mut zone.lock().unwrap().held),
        };
        for (query, from) in came {
            let answer = zone.lock().unwrap().answer(&query, from);
            if let Some(answer) = answer {
                socket.send_to(&answer, from).await.unwrap();
            }
        }
    }
}

impl Zone {
    fn answer(&mut self, query: &[u8], from: SocketAddr) -> Option<Vec<u8>> {
        let (name, end) = name_at(query, HEADER_BYTES);
        let kind = u16::from_be_bytes([query[end], query[end + 1]]);
        self.asked.push(name.clone());
        let (code, records) = match self.mood {
            Mood::Silent => return None,
            Mood::Waits => {
                self.held.push((query.to_vec(), from));
                return None;
            }
            Mood::Fails => (SERVER_FAILURE, Vec::new()),
            Mood::Answers => self.records(&name, kind),
        };
        let mut answer = query[..2].to_vec();
        // A response, recursion wanted and had.
        answer.extend([0x81, 0x80 | code, 0, 1]);
        answer.extend(u16::try_from(records.len()).unwrap().to_be_bytes());
        answer.extend([0; 4]);
        answer.extend(&query[HEADER_BYTES..end + 4]);
        for (name, kind, data) in records {
            answer.extend(encoded(&name));
            answer.extend(kind.to_be_bytes());
            answer.extend([0, 1]);
            answer.extend(TTL_SECONDS.to_be_bytes());
            answer.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
            answer.extend(data);
        }
        Some(answer)
    }

    /// With the names on the way, as who resolves for others answers.
    fn records(&self, name: &str, kind: u16) -> (u8, Vec<(String, u16, Vec<u8>)>) {
        let (mut name, mut found) = (name.to_owned(), Vec::new());
        for _ in 0..CNAMES_MAX {
            let of = |kind: u16| self.records.get(&(name.clone(), kind));
            if let Some(values) = of(kind) {
                found.extend(values.iter().map(|it| (name.clone(), kind, data(kind, it))));
                return (0, found);
            }
            let Some(to) = of(CNAME).map(|it| it[0].clone()) else { break };
            found.push((name, CNAME, encoded(&to)));
            name = to;
        }
        let is_there = self.records.keys().any(|it| it.0 == name);
        (if is_there { 0 } else { NO_SUCH_NAME }, found)
    }
}

fn data(kind: u16, value: &str) -> Vec<u8> {
    match kind {
        A | AAAA => match value.parse().unwrap() {
            IpAddr::V4(it) => it.octets().to_vec(),
            IpAddr::V6(it) => it.octets().to_vec(),
        },
        TXT => {
            // As providers cut long ones.
            let pieces = value.as_bytes().chunks(255);
            pieces.flat_map(|it| [&[u8::try_from(it.len()).unwrap()][..], it].concat()).collect()
        }
        _name => encoded(value),
    }
}

fn encoded(name: &str) -> Vec<u8> {
    let labels = name.split('.');
    let label = |it: &str| [&[u8::try_from(it.len()).unwrap()][..], it.as_bytes()].concat();
    labels.flat_map(label).chain([0]).collect()
}

/// In small letters, and where it ends.
fn name_at(query: &[u8], mut at: usize) -> (String, usize) {
    let mut labels = Vec::new();
    while query[at] != 0 {
        let end = at + 1 + usize::from(query[at]);
        labels.push(String::from_utf8_lossy(&query[at + 1..end]).to_lowercase());
        at = end;
    }
    (labels.join("."), at + 1)
}
