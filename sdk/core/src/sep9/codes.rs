//! The lists behind the codes: countries, languages, occupations.
//!
//! Each list is one string of codes of equal length, sorted, without separators.

/// ISO 3166-1 alpha-3: 249 countries.
static ALPHA3: &[u8] = b"\
    ABWAFGAGOAIAALAALBANDAREARGARMASMATAATFATGAUSAUTAZEBDIBELBENBESBFABGDBGRBHRBHSBIHBLMBLRBLZBMUBOLBRABRBBRNBTNBVTBWA\
    CAFCANCCKCHECHLCHNCIVCMRCODCOGCOKCOLCOMCPVCRICUBCUWCXRCYMCYPCZEDEUDJIDMADNKDOMDZAECUEGYERIESHESPESTETHFINFJIFLKFRA\
    FROFSMGABGBRGEOGGYGHAGIBGINGLPGMBGNBGNQGRCGRDGRLGTMGUFGUMGUYHKGHMDHNDHRVHTIHUNIDNIMNINDIOTIRLIRNIRQISLISRITAJAMJEY\
    JORJPNKAZKENKGZKHMKIRKNAKORKWTLAOLBNLBRLBYLCALIELKALSOLTULUXLVAMACMAFMARMCOMDAMDGMDVMEXMHLMKDMLIMLTMMRMNEMNGMNPMOZ\
    MRTMSRMTQMUSMWIMYSMYTNAMNCLNERNFKNGANICNIUNLDNORNPLNRUNZLOMNPAKPANPCNPERPHLPLWPNGPOLPRIPRKPRTPRYPSEPYFQATREUROURUS\
    RWASAUSDNSENSGPSGSSHNSJMSLBSLESLVSMRSOMSPMSRBSSDSTPSURSVKSVNSWESWZSXMSYCSYRTCATCDTGOTHATJKTKLTKMTLSTONTTOTUNTURTUV\
    TWNTZAUGAUKRUMIURYUSAUZBVATVCTVENVGBVIRVNMVUTWLFWSMYEMZAFZMBZWE\
    ";

/// ISO 3166-1 alpha-2: the same countries.
static ALPHA2: &[u8] = b"\
    ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDE\
    DJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJP\
    KEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZ\
    OMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTW\
    TZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW\
    ";

/// ISO 639-1: 183 languages. `sh` is not among them: it was withdrawn.
static LANGUAGES: &[u8] = b"\
    aaabaeafakamanarasavayazbabebgbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeseteufafffifjfofrfygagdglgngugvhahehi\
    hohrhthuhyhziaidieigiiikioisitiujajvkakgkikjkkklkmknkokrkskukvkwkylalblglilnloltlulvmgmhmimkmlmnmrmsmtmynanbndneng\
    nlnnnonrnvnyocojomorospapiplpsptqurmrnrorurwsascsdsesgsiskslsmsnsosqsrssstsusvswtatetgthtitktltntotrtstttwtyugukur\
    uzvevivowawoxhyiyozazhzu\
    ";

/// ISCO-08: the last minor group of each of the 43 sub-major groups. The third digit counts from 1
/// without gaps.
static LAST_MINOR_GROUPS: &[u8] = b"\
    011021031112122134143216226235243252265315325335343352413422432441516524532541613622634713723732742754818821835912\
    921933941952962\
    ";

/// Whether this is a country in three upper-case letters.
pub(super) fn is_alpha3(code: &str) -> bool {
    contains::<3>(ALPHA3, code)
}

/// Whether this is a country in two upper-case letters.
pub(super) fn is_alpha2(code: &str) -> bool {
    contains::<2>(ALPHA2, code)
}

/// Whether this is a language in two lower-case letters.
pub(super) fn is_language(code: &str) -> bool {
    contains::<2>(LANGUAGES, code)
}

/// Whether these three digits are a minor group of occupations.
pub(super) fn is_occupation(code: &str) -> bool {
    let [major, sub, minor] = code.as_bytes() else { return false };
    let (groups, _) = LAST_MINOR_GROUPS.as_chunks::<3>();
    groups.iter().any(|group| group[..2] == [*major, *sub] && (b'1'..=group[2]).contains(minor))
}

fn contains<const N: usize>(list: &[u8], code: &str) -> bool {
    let Ok(code) = <&[u8; N]>::try_from(code.as_bytes()) else { return false };
    list.as_chunks::<N>().0.binary_search(code).is_ok()
}

#[cfg(test)]
mod tests {
    use std::{format, string::String, vec::Vec};

    use super::*;

    fn is_sorted_list<const N: usize>(list: &[u8], first: u8, last: u8) -> usize {
        let (codes, rest) = list.as_chunks::<N>();
        assert!(rest.is_empty() && codes.is_sorted_by(|a, b| a < b));
        assert!(list.iter().all(|b| (first..=last).contains(b)));
        codes.len()
    }

    #[test]
    fn lists_are_complete_and_sorted() {
        assert_eq!(is_sorted_list::<3>(ALPHA3, b'A', b'Z'), 249);
        assert_eq!(is_sorted_list::<2>(ALPHA2, b'A', b'Z'), 249);
        assert_eq!(is_sorted_list::<2>(LANGUAGES, b'a', b'z'), 183);
        assert_eq!(is_sorted_list::<3>(LAST_MINOR_GROUPS, b'0', b'9'), 43);
    }

    #[test]
    fn there_are_130_minor_groups_of_occupations() {
        let all: Vec<String> =
            (0..1000).map(|n| format!("{n:03}")).filter(|code| is_occupation(code)).collect();
        assert_eq!(all.len(), 130);
        for (major, count) in
            [(0, 3), (1, 11), (2, 27), (3, 20), (4, 8), (5, 13), (6, 9), (7, 14), (8, 14), (9, 11)]
        {
            assert_eq!(
                all.iter().filter(|code| code.starts_with(&format!("{major}"))).count(),
                count,
                "major group {major}"
            );
        }
    }

    #[test]
    fn only_whole_codes_are_found() {
        for good in ["AFG", "DEU", "ZWE", "SSD"] {
            assert!(is_alpha3(good));
        }
        for bad in ["", "A", "DE", "ZZZ", "XKX", "deu", "BWA1", "FGA", "D€", "ANT"] {
            assert!(!is_alpha3(bad), "{bad}");
        }
        assert!(is_alpha2("US") && !is_alpha2("UK") && !is_alpha2("XK") && !is_alpha2("u"));
        assert!(
            is_language("en")
                && is_language("zu")
                && !is_language("xx")
                && !is_language("sh")
                && !is_language("EN")
        );
        assert!(
            is_occupation("011")
                && is_occupation("962")
                && !is_occupation("010")
                && !is_occupation("012")
                && !is_occupation("999")
                && !is_occupation("2512")
        );
    }
}
