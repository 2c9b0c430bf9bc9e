use super::*;

fn rendered(lines: &[&str]) -> String {
    let lines: Vec<Line> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    render(&lines)
}

#[test]
fn speed_is_told_by_step_beside_the_reference() {
    let lines = [
        r#"{"runtime":"Node 20","subject":"windlass","reference":false,"step":"openAndSign","rates":[2600.4,2000,3000]}"#,
        r#"{"runtime":"Node 20","subject":"windlass","reference":false,"step":"sign","rates":[4000,5000,6000]}"#,
        r#"{"runtime":"Node 20","subject":"other","reference":true,"step":"openAndSign","rates":[500,700,650]}"#,
    ];
    assert_eq!(
        rendered(&lines),
        "open, verify and sign, Node 20\n\
         \x20          per second   microseconds         spread   times as fast\n\
         windlass        2,600          384.6   2,000..3,000            4.62\n\
         other             650         1538.5       500..700            1.00\n\
         \n\
         sign it, Node 20\n\
         \x20          per second   microseconds         spread   times as fast\n\
         windlass        5,000          200.0   4,000..6,000\n\
         \n"
    );
}

#[test]
fn less_time_is_faster() {
    let lines = [
        r#"{"runtime":"Chromium 1","subject":"windlass","reference":false,"cache":"cached","imported":[10.25,9,11],"signed":[20,25,40.6]}"#,
        r#"{"runtime":"Chromium 1","subject":"other","reference":true,"cache":"cached","imported":[30,30,30],"signed":[100,100,90]}"#,
    ];
    assert_eq!(
        rendered(&lines),
        "import to first signed challenge, in ms, Chromium 1, cached\n\
         \x20          import   signed    spread   times as fast\n\
         windlass     10.2     25.0    20..41            4.00\n\
         other        30.0    100.0   90..100            1.00\n\
         \n"
    );
}

#[test]
fn memory_begins_with_an_empty_runtime() {
    let lines = [
        r#"{"runtime":"Node 20","subject":"windlass","bare":{"resident":1048576,"heap":0,"external":0,"wasm":0},"imported":{"resident":2097152,"heap":524288,"external":0,"wasm":0},"worked":{"resident":3145728,"heap":1048576,"external":0,"wasm":1114112}}"#,
        r#"{"runtime":"Chromium 1","subject":"windlass","bare":{"heap":1,"external":2,"wasm":0},"imported":{"heap":1048576,"external":0,"wasm":0},"worked":{"heap":1048576,"external":0,"wasm":0}}"#,
    ];
    assert_eq!(
        rendered(&lines),
        "MiB after the import -> after 1,000 challenges, Node 20\n\
         \x20                    resident         heap     external         wasm\n\
         nothing imported   1.0 -> 1.0   0.0 -> 0.0   0.0 -> 0.0   0.0 -> 0.0\n\
         windlass           2.0 -> 3.0   0.5 -> 1.0   0.0 -> 0.0   0.0 -> 1.1\n\
         \n\
         MiB after the import -> after 1,000 challenges, Chromium 1\n\
         \x20                  resident         heap     external         wasm\n\
         nothing imported              0.0 -> 0.0   0.0 -> 0.0   0.0 -> 0.0\n\
         windlass                      1.0 -> 1.0   0.0 -> 0.0   0.0 -> 0.0\n\
         \n"
    );
}

#[test]
fn sizes_of_all_files_that_were_fetched_are_added_up() {
    let lines = [
        r#"{"subject":"windlass","covers":"1 9 10","sizes":[[1000,300,200],[200000,60000,50000]],"others":[[9000,5000,4000]]}"#,
        r#"{"subject":"other","covers":"","sizes":[[900,100,90]],"others":[]}"#,
    ];
    assert_eq!(
        rendered(&lines),
        "bytes of a little wallet, bundled and minified\n\
         \x20          SEPs of its own   files       raw   gzip -9   brotli 11   if needed\n\
         windlass          1, 9, 10       2   201,000    60,300      50,200      +4,000\n\
         other                            1       900       100          90\n\
         \n"
    );
}

#[test]
fn ratio_is_that_of_runs_side_by_side() {
    // The machine was ten times as busy in the second and third round; the ratio stays what it is.
    assert_eq!(pairwise(&[400.0, 40.0, 40.0], &[200.0, 20.0, 20.0]), 2.0);
    assert_eq!(pairwise(&[400.0, 40.0, 90.0], &[100.0, 20.0, 30.0]), 3.0);
}

#[test]
fn median_is_one_that_was_seen() {
    assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
    assert!(median(&[]).is_nan());
    assert_eq!(spread(&[3.0, 1.0, 2.0], |value| value.to_string()), "1..3");
}
