//! A small run of the whole: two studios, and a second for each layout.

use clap::Parser;
use cloison_local_postgres::Durability;

use crate::calls::Kind;
use crate::cluster::Server;
use crate::{Options, run};

#[tokio::test(flavor = "multi_thread")]
async fn a_small_run_compares_and_measures_all_layouts() {
    let options = ["bench", "--studios", "2", "--seconds", "1", "--clients", "4"];
    let options = Options::try_parse_from(options).unwrap();
    let server = Server::start(&options, Durability::Disposable).unwrap();
    let figures = run::on(&server, &options).await.unwrap();
    for layout in ["dedicated", "shared", "shared_rls"] {
        let layout = &figures["layouts"][layout];
        assert!(layout["size_bytes"].as_i64().unwrap() > 0, "{layout}");
        for kind in Kind::ALL {
            assert!(layout["queries"][kind.name()]["n"].as_u64().unwrap() > 0, "{layout}");
        }
    }
    assert!(figures["ratios"]["calendar_week"]["p95_vs_rls"].as_f64().unwrap() > 0.0);
    server.destroy().unwrap();
}
