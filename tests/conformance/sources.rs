//! Which functions and calls count as tests.

use windlass_tests::conformance::sources::tests;

#[test]
fn rust_tests_are_found_and_other_functions_are_not() {
    let text = "
        fn helper() {}
        #[test]
        #[expect(dead_code, reason = \"x\")]
        fn one() { fn inner() {} }
        #[tokio::test(flavor = \"multi_thread\")]
        async fn two() {}
        // #[test]
        fn three() {}
        proptest! {
            #[test]
            fn four(a in any::<u8>()) {}
        }
        suite! {$(
            $host:
            values::{
                five,
                six,
            };
        )+}
        five,";
    assert_eq!(tests("x.rs", text), ["one", "two", "four", "five", "six"]);
}

#[test]
fn typescript_tests_are_found_below_their_groups() {
    let text = r#"
test("a \"first\" one", async () => {});
describe("group", () => {
  test.each<Encoding>(["json", "form"])("each, by %s", async () => {});
  test.each([
    ["x", 1],
  ] as const)("rows", () => {});
  test.each(
    all,
  )(
    "later %o",
    () => {},
  );
  describe.each(ALL)("inner %s", () => {
    it(`second`, () => { expect("x"); });
  });
  test("third", () => {});
});
testing("no");
it("last", () => {});"#;
    assert_eq!(
        tests("x.test.ts", text),
        [
            "a \"first\" one",
            "group > each, by %s",
            "group > rows",
            "group > later %o",
            "group > inner %s > second",
            "group > third",
            "last"
        ]
    );
}
