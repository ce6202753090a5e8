//! An archive with a hole in it.

use std::fs;

use cloison_pgbackrest::{Moment, RestoreError};

use crate::world::{World, notes};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hole_is_named_with_the_moment_before_it() {
    let world = World::of("holes", &[], &["anchor", "a"]).await;
    let a = world.live("a").await;
    let before = a.write("before the hole").await;
    world.archive().await;
    a.write("in the hole").await;
    world.archive().await;
    let after = a.write("after the hole").await;
    world.archive().await;

    let files = world.repository_files("archive/live/15-1/0000000100000000/");
    let segments: Vec<_> =
        files.iter().filter(|it| it.extension().is_some_and(|it| it == "zst")).collect();
    let hole = segments[segments.len() - 2];
    let name = hole.file_name().unwrap().to_string_lossy()[..24].to_owned();

    // First one that is there but is not what was archived.
    let whole = fs::read(hole).unwrap();
    fs::write(hole, &whole[..whole.len() / 2]).unwrap();
    for at in [Moment::At(after), Moment::Latest] {
        let refused = world.restore("a", at).await.unwrap_err();
        let RestoreError::UnreadableSegment { segment, .. } = &refused else { panic!("{refused}") };
        assert_eq!(segment.to_string(), name);
    }
    fs::write(hole, whole).unwrap();
    assert!(world.stanza.verify().await.unwrap().is_sound());

    fs::remove_file(hole).unwrap();
    for at in [Moment::At(after), Moment::Latest] {
        let refused = world.restore("a", at).await.unwrap_err();
        let RestoreError::MissingSegment { segment, reachable } = &refused else {
            panic!("{refused}")
        };
        assert_eq!(segment.to_string(), name);
        assert!(refused.to_string().contains(&name), "{refused}");
        assert!(reachable.is_some_and(|it| it >= before && it < after), "{refused}");
    }
    // The moment that it offers can be had.
    let scratch = world.restore("a", Moment::At(before)).await.unwrap();
    assert_eq!(
        notes(&scratch, &scratch.databases()[0]).await,
        ["before the backup", "before the hole"]
    );
    let verified = world.stanza.verify().await.unwrap();
    let missing: Vec<String> = verified.missing.iter().map(ToString::to_string).collect();
    assert_eq!((missing, verified.damaged), (vec![name], Vec::new()));
}
