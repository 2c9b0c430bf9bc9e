use std::sync::atomic::{AtomicUsize, Ordering};

use hickory_resolver::{
    config::{ConnectionConfig, NameServerConfig},
    proto::{
        op::Message,
        rr::{RData, Record},
    },
};
use tokio::{net::UdpSocket, task::JoinSet, time::sleep};

use super::*;

/// A name server on this machine, and the number of questions that it got. It answers with these
/// addresses or, without one, never.
async fn server(addresses: &'static [&str]) -> (Names, Arc<AtomicUsize>) {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    tokio::spawn(async move {
        let mut question = [0; 512];
        while let Ok((length, from)) = socket.recv_from(&mut question).await {
            counter.fetch_add(1, Ordering::SeqCst);
            if addresses.is_empty() {
                continue;
            }
            let question = Message::from_vec(&question[..length]).unwrap();
            let answer = answer(&question, addresses).to_vec().unwrap();
            socket.send_to(&answer, from).await.unwrap();
        }
    });
    let mut connection = ConnectionConfig::udp();
    connection.port = address.port();
    let server = NameServerConfig::new(address.ip(), true, vec![connection]);
    let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
    (Names::asking(config, ResolverOpts::default()), asked)
}

fn answer(question: &Message, addresses: &[&str]) -> Message {
    let mut answer = Message::response(question.id, question.op_code);
    for query in &question.queries {
        answer.add_query(query.clone());
        for address in addresses {
            let address: std::net::IpAddr = address.parse().unwrap();
            let data = RData::from(address);
            if data.record_type() == query.query_type() {
                answer.add_answer(Record::from_rdata(query.name().clone(), 60, data));
            }
        }
    }
    answer
}

async fn found(names: &Names, name: &str) -> Vec<String> {
    let found = names.clone().find(name.to_owned()).await.unwrap_or_default();
    let mut found: Vec<_> = found.iter().map(|address| address.ip().to_string()).collect();
    found.sort();
    found
}

#[tokio::test]
async fn all_addresses_of_both_kinds_are_found() {
    let (names, asked) = server(&["8.8.8.8", "10.0.0.1", "::1"]).await;
    assert_eq!(found(&names, "wallet.example").await, ["10.0.0.1", "8.8.8.8", "::1"]);
    assert!(asked.load(Ordering::SeqCst) >= 2);
    let asked_before = asked.load(Ordering::SeqCst);
    for local in ["localhost", "localhost.", "LOCALHOST", "any.localhost"] {
        assert!(found(&names, local).await.contains(&"127.0.0.1".to_owned()), "{local}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), asked_before);
}

#[tokio::test(start_paused = true)]
async fn silent_name_servers_hold_up_nobody_else() {
    let (names, asked) = server(&[]).await;
    let start = Instant::now();
    let mut lookups = JoinSet::new();
    for number in 0..600 {
        let names = names.clone();
        lookups.spawn(async move { found(&names, &format!("wallet{number}.example")).await });
    }
    // Both kinds of addresses are asked for. Questions are sent again only later.
    sleep(Duration::from_millis(100)).await;
    let at_once = asked.load(Ordering::SeqCst);
    assert!((1..=2 * AT_ONCE).contains(&at_once), "{at_once} questions");
    // Files and names of this machine do not wait.
    tokio::task::spawn_blocking(|| ()).await.unwrap();
    assert!(!found(&names, "localhost").await.is_empty());
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    // Each one ends by itself, also those that were never asked.
    assert!(lookups.join_all().await.iter().all(Vec::is_empty));
    assert!(start.elapsed() <= LIMIT + Duration::from_secs(1), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn failures_are_remembered_for_a_short_while() {
    let (names, asked) = server(&[]).await;
    assert!(found(&names, "wallet.example").await.is_empty());
    let first = asked.load(Ordering::SeqCst);
    let start = Instant::now();
    for name in ["wallet.example", "Wallet.Example."] {
        assert!(found(&names, name).await.is_empty());
    }
    assert_eq!((asked.load(Ordering::SeqCst), start.elapsed()), (first, Duration::ZERO));
    sleep(REMEMBERED).await;
    assert!(found(&names, "wallet.example").await.is_empty());
    assert!(asked.load(Ordering::SeqCst) > first);
}

#[tokio::test(start_paused = true)]
async fn lookup_that_is_given_up_makes_room() {
    let (names, _) = server(&[]).await;
    let lookups: Vec<_> =
        (0..AT_ONCE).map(|number| names.clone().find(format!("wallet{number}.example"))).collect();
    let all = futures_util::future::join_all(lookups);
    assert!(timeout(Duration::from_millis(100), all).await.is_err());
    assert_eq!(names.0.turns.available_permits(), AT_ONCE);
}
