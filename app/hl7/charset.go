package hl7

import (
	"errors"
	"regexp"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// ErrCharset means that a message holds bytes that are not of its character
// set, or names one that is not known: it is refused, because a name that is
// guessed at may be another's.
var ErrCharset = errors.New("hl7: not of the declared character set")

// charset is how the bytes of a message are read.
type charset struct {
	name string
	// encoding is nil for ASCII and UTF-8, which only need to be checked.
	encoding encoding.Encoding
	ascii    bool
	assumed  bool // nothing declared it
	// wide means that a second byte may be any of HL7's delimiters.
	wide bool
	// only, if set, says which bytes from 0x80 on may stand in it at all.
	only func(c byte) bool
	// utf8 is how many sequences of UTF-8 (a longer one counts more) show that
	// the declaration is wrong: text of this set is hardly ever UTF-8 by chance.
	// 0 means never.
	utf8 int
}

var (
	ascii    = &charset{name: "ASCII", ascii: true}
	utf8Set  = &charset{name: "UTF-8"}
	assumed  = &charset{name: "UTF-8", assumed: true}
	windows  = &charset{name: "windows-1252", encoding: charmap.Windows1252, utf8: 1}
	iso2022  = &charset{name: "ISO-2022-JP", encoding: japanese.ISO2022JP, wide: true}
	shiftJIS = &charset{name: "Shift_JIS", encoding: japanese.ShiftJIS, wide: true, utf8: 6}
)

func single(name string, e encoding.Encoding) *charset {
	return &charset{name: name, encoding: e, utf8: 4}
}

func double(name string, e encoding.Encoding) *charset {
	return &charset{name: name, encoding: e, wide: true, utf8: 6}
}

// parts of ISO 8859 that exist. Where a Windows code page holds the same
// letters at the same places and only fills the control characters C1, it is
// read instead: those are no text, and senders confuse the two.
var parts = map[string]*charset{
	"1": {name: "ISO-8859-1", encoding: charmap.Windows1252, utf8: 1}, "2": single("ISO-8859-2", charmap.ISO8859_2),
	"3": single("ISO-8859-3", charmap.ISO8859_3), "4": single("ISO-8859-4", charmap.ISO8859_4),
	"5": single("ISO-8859-5", charmap.ISO8859_5), "6": single("ISO-8859-6", charmap.ISO8859_6),
	"7": single("ISO-8859-7", charmap.ISO8859_7), "8": single("ISO-8859-8", charmap.ISO8859_8),
	"9": single("ISO-8859-9", charmap.Windows1254), "10": single("ISO-8859-10", charmap.ISO8859_10),
	"11": {
		name:     "ISO-8859-11",
		encoding: charmap.Windows874,
		utf8:     12,
	}, "13": single("ISO-8859-13", charmap.ISO8859_13),
	"14": single("ISO-8859-14", charmap.ISO8859_14), "15": {name: "ISO-8859-15", encoding: charmap.ISO8859_15, utf8: 1},
	"16": single("ISO-8859-16", charmap.ISO8859_16),
}

// pages are the code pages of Windows and DOS by number.
var pages = map[string]*charset{
	"1250": single("windows-1250", charmap.Windows1250), "1251": single("windows-1251", charmap.Windows1251),
	"1252": windows, "1253": single("windows-1253", charmap.Windows1253),
	"1254": single("windows-1254", charmap.Windows1254), "1255": single("windows-1255", charmap.Windows1255),
	"1256": single("windows-1256", charmap.Windows1256), "1257": single("windows-1257", charmap.Windows1257),
	"1258": single("windows-1258", charmap.Windows1258),
	"874":  {name: "windows-874", encoding: charmap.Windows874, utf8: 12},
	"437":  single("IBM437", charmap.CodePage437), "850": single("IBM850", charmap.CodePage850),
	"852": single("IBM852", charmap.CodePage852), "855": single("IBM855", charmap.CodePage855),
	"858": single("IBM858", charmap.CodePage858), "860": single("IBM860", charmap.CodePage860),
	"862": single("IBM862", charmap.CodePage862), "863": single("IBM863", charmap.CodePage863),
	"865": single("IBM865", charmap.CodePage865), "866": single("IBM866", charmap.CodePage866),
	"932": shiftJIS, "936": double("GB18030", simplifiedchinese.GB18030), "949": double("EUC-KR", korean.EUCKR),
	"950": double("Big5", traditionalchinese.Big5), "54936": double("GB18030", simplifiedchinese.GB18030),
	"65001": utf8Set, "20127": ascii,
}

// named are other names in use, without blanks and signs and in capitals: HL7
// table 0211, and what senders write instead.
var named = map[string]*charset{
	"ASCII": ascii, "USASCII": ascii, "ISOIR6": ascii, "ISO646": ascii, "ISO646US": ascii,
	"ANSIX341968": ascii, "ISOIR2": ascii,

	// UNICODE UTF-16 and -32 in a message that is found by its ASCII header can
	// only be a name that was not changed when the stream was transcoded.
	"UNICODE": utf8Set, "UTF8": utf8Set, "UNICODEUTF8": utf8Set, "ISOIR192": utf8Set, "ISO10646": utf8Set,
	"UNICODEUTF16": utf8Set, "UTF16": utf8Set, "UTF16LE": utf8Set, "UTF16BE": utf8Set, "UNICODEUTF16LE": utf8Set,
	"UNICODEUTF16BE": utf8Set, "UCS2": utf8Set, "UNICODEUTF32": utf8Set, "UTF32": utf8Set,

	"ISOIR87": iso2022, "ISOIR159": iso2022, "ISO2022IR87": iso2022, "ISO2022IR159": iso2022, "ISO2022JP": iso2022,
	"JISX0202": iso2022, "JAS2020": iso2022, "CSISO2022JP": iso2022,
	"JISX0208": iso2022, "ISO2022JP1": iso2022,
	"ISOIR13": katakana, "ISOIR14": katakana, "ISO2022IR13": katakana, "JISX0201": katakana,
	"SHIFTJIS": shiftJIS, "SJIS": shiftJIS, "MSKANJI": shiftJIS, "WINDOWS31J": shiftJIS, "MS932": shiftJIS,
	"EUCJP": double("EUC-JP", japanese.EUCJP), "UJIS": double("EUC-JP", japanese.EUCJP),

	"GB180302000": pages["936"], "GB18030": pages["936"], "GB180302005": pages["936"],
	"GBK": pages["936"], "GB2312": pages["936"],
	"EUCCN": pages["936"], "MS936": pages["936"],
	"BIG5": pages["950"], "BIG5HKSCS": pages["950"],
	"KSX1001": pages["949"], "KSC5601": pages["949"], "EUCKR": pages["949"],
	"UHC": pages["949"], "ISO2022IR149": pages["949"],

	// DICOM's names, which imaging systems bring along.
	"ISOIR100": parts["1"], "ISOIR101": parts["2"], "ISOIR109": parts["3"],
	"ISOIR110": parts["4"],
	"ISOIR144": parts["5"],
	"ISOIR127": parts["6"], "ISOIR126": parts["7"], "ISOIR138": parts["8"], "ISOIR148": parts["9"],
	"ISOIR203": parts["15"],
	"ISOIR166": parts["11"], "TIS620": parts["11"],
	"LATIN1": parts["1"], "LATIN2": parts["2"], "LATIN9": parts["15"],
}

// katakana is JIS X 0201: half-width katakana in the upper half, as they also
// stand in Shift-JIS, and nothing else there.
var katakana = &charset{name: "JIS_X0201", encoding: japanese.ShiftJIS,
	only: func(c byte) bool { return c >= 0xa1 && c <= 0xdf }}

var (
	isoPart  = regexp.MustCompile(`^(?:ISO)?[ _/-]*8859[ _/-]*([0-9]{1,2})(?::[0-9]{4})?$`)
	codePage = regexp.MustCompile(`^(?:WINDOWS|WIN|CP|MS|IBM|DOS|ANSI|CODEPAGE|CODE PAGE)?[ _-]*([0-9]{3,5})$`)
	signs    = strings.NewReplacer(" ", "", "_", "", "-", "", "/", "", ".", "", ":", "", "\t", "")
)

// charsetNamed finds a character set by its name in MSH-18; nil if it is not known.
func charsetNamed(name string) *charset {
	name = strings.ToUpper(strings.TrimSpace(name))
	if p := isoPart.FindStringSubmatch(name); p != nil {
		return parts[p[1]]
	}
	if p := codePage.FindStringSubmatch(name); p != nil {
		return pages[p[1]]
	}
	if set := named[signs.Replace(name)]; set != nil {
		return set
	}
	for _, find := range []func(string) (encoding.Encoding, error){
		ianaindex.MIME.Encoding, ianaindex.IANA.Encoding, htmlindex.Get,
	} {
		e, err := find(name)
		if err != nil || e == nil || e == encoding.Replacement {
			continue
		}
		if canonical, err := ianaindex.IANA.Name(e); err == nil {
			name = canonical
		}
		return double(name, e)
	}
	return nil
}

// charsetOf chooses among the repetitions of MSH-18. The first is the one that
// a message begins with; ASCII is part of each other, and the Japanese sets are
// announced in the text itself by escape sequences (ISO 2022).
func charsetOf(names []string) (set *charset, unknown string) {
	for _, name := range names {
		one := charsetNamed(name)
		switch {
		case one == nil && unknown == "":
			unknown = name
		case one == nil:
		case one == iso2022, set == nil, set.ascii:
			if !(set == katakana && one == ascii) {
				set = one
			}
		}
	}
	if unknown != "" {
		return nil, unknown
	}
	return set, ""
}
