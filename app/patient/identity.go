package patient

import (
	"slices"
	"strings"
)

// MRN is the type of the number by which a house knows its patients: MR of HL7
// table 0203, and a number without a type.
const MRN = "MRN"

// ownTypes are the numbers that one authority gives to one person: the medical
// record number, one for the time being, and the internal number. All others
// (insurance, social security, account) may be shared: by mother and child, by
// twins, by strangers.
var ownTypes = []string{MRN, "MRT", "PI"}

// NumberType is a type as the record keeps it.
func NumberType(sent string) string {
	switch t := strings.ToUpper(strings.TrimSpace(sent)); t {
	case "", "MR":
		return MRN
	default:
		return t
	}
}

// Own reports whether the number is one person's alone, so that it says who they
// are.
func (i Identifier) Own() bool { return slices.Contains(ownTypes, i.Type) }

// otherTypes are the numbers of HL7 table 0203 that are no patient's: of an account,
// a visit, an order, an insurance, a licence, an office, a family's or a member of staff's.
var otherTypes = strings.Fields(`ACSN ACC AM AMA AN ANC AND ANT AT BA BC BR BRN BSNR CAAI CC CONM CSX CY DDS DEA DI DL
	DN DO DP DPM DS EI EN ESN FDR FDRFI FI FILL GI GL GN HC HCN IND LACSN LANR LI LN MA MB MC MCD MCN MCR MD MI MS
	NCT NE NII NIIP NP NPI OD PA PC PCN PE PEN PHC PHE PHO PIN PLAC PNT POS PPN PRC PRN QA RI RN RPH RRI SAMN SB SID SL
	SN SNBSN SNO SP SR SS SSN STN TAX TN TPR TRL UPIN VN VP VS WC WCN WP XX XV`)

// OfOther reports whether the type of a number says that it is no patient's own.
func (i Identifier) OfOther() bool { return slices.Contains(otherTypes, i.Type) }

// FoldNumber is a number, or who gave it, as it is compared: without blanks and in
// lower case. It is kept and shown as it was sent. Letters beyond a to z stay as they
// are, as in the record's own queries.
func FoldNumber(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return -1
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// Same reports whether two are one number, whatever way it is written.
func (i Identifier) Same(other Identifier) bool {
	return i.Type == other.Type && FoldNumber(i.Authority) == FoldNumber(other.Authority) &&
		FoldNumber(i.Value) == FoldNumber(other.Value)
}

// Placeholder reports whether a number stands for "there is none": nothing but
// noughts or nines, or a word for it. It is nobody's.
func Placeholder(number string) bool {
	n := strings.ToUpper(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -./_", r) {
			return -1
		}
		return r
	}, number))
	switch n {
	case "",
		"UNKNOWN",
		"UNK",
		"NONE",
		"NULL",
		"NA",
		"N/A",
		"NIL",
		"NONUMBER",
		"NOTKNOWN",
		"UNBEKANNT",
		"KEINE",
		"?",
		"TBD",
		"PENDING":
		return true
	}
	for _, c := range []string{"0", "9"} {
		if strings.Trim(n, c) == "" && (c == "0" || len(n) >= 5) {
			return true
		}
	}
	return strings.Trim(n, "X?*") == ""
}
