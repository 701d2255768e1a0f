package alert

import (
	"bytes"
	"encoding/json"
	"math/big"
	"strconv"
	"strings"
)

// valueKind is what a member's value was sent as.
type valueKind int

const (
	isNull valueKind = iota
	isString
	isNumber
	isOther // true, false, a list, an object
)

// scalar is a member's value as text, whatever it was sent as. A list of one is
// what is in it.
func (f field) scalar() (string, valueKind) {
	v := bytes.TrimSpace(f.value)
	var s string
	switch {
	case len(v) == 0 || string(v) == "null":
		return "", isNull
	case v[0] == '"':
		if json.Unmarshal(v, &s) != nil {
			return "", isNull
		}
		return s, isString
	case v[0] == '[':
		var list []json.RawMessage
		if json.Unmarshal(v, &list) == nil && len(list) == 0 {
			return "", isNull
		} else if len(list) == 1 {
			s, kind := field{value: list[0]}.scalar()
			if kind == isString || kind == isNumber {
				return s, kind
			}
		}
	case v[0] == '-' || v[0] >= '0' && v[0] <= '9':
		return plain(string(v)), isNumber
	}
	var out bytes.Buffer
	_ = json.Compact(&out, v)
	return out.String(), isOther
}

// plain is a JSON number as a person writes it: 1002.0 and 1.002e3 are 1002. No
// digit is lost; what has no such form stays as it was sent.
func plain(number string) string {
	mantissa, exponent, is := strings.Cut(strings.ToLower(number), "e")
	if is {
		if e, err := strconv.Atoi(exponent); err != nil || e > 30 || e < -30 || len(mantissa) > 40 {
			return number
		}
		r, ok := new(big.Rat).SetString(number)
		if !ok {
			return number
		}
		mantissa = r.FloatString(40)
	}
	if strings.Contains(mantissa, ".") {
		mantissa = strings.TrimSuffix(strings.TrimRight(mantissa, "0"), ".")
	}
	return mantissa
}
