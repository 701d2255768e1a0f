package alarmload

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// header names the columns of [Report.CSV].
var header = []string{"ward", "since", "until", "scope", "name", "alerts", "high", "medium", "low", "technical",
	"accepted", "rejected", "escalated", "escalated_share", "unanswered",
	"response_median_s", "response_p90_s", "response_max_s", "per_120_min", "busiest_120_min"}

// CSV writes the report as one table, a row for the ward, each shift, source and
// patient, and each number of alerts before. Every cell is quoted, and no text of
// an alert can become a formula: see [Cell].
func (r Report) CSV(w io.Writer) error {
	out := bufio.NewWriter(w)
	line := func(cells ...string) {
		for i, c := range cells {
			if i > 0 {
				out.WriteByte(',')
			}
			out.WriteString(Cell(c))
		}
		out.WriteString("\r\n")
	}
	line(header...)
	rows := func(scope string, list []Named) {
		for _, n := range list {
			line(append([]string{r.Ward, r.Since.Format(time.RFC3339), r.Until.Format(time.RFC3339), scope, n.Name},
				n.numbers()...)...)
		}
	}
	rows("ward", []Named{{Name: r.Ward, Load: r.Total, Rate: r.Rate, Busiest: r.Busiest}})
	rows("shift", r.Shifts)
	rows("source", r.Sources)
	rows("patient", r.Patients)
	rows("alerts-before", r.Bins)
	return out.Flush()
}

func (n Named) numbers() (out []string) {
	whole := func(v ...int) {
		for _, i := range v {
			out = append(out, strconv.Itoa(i))
		}
	}
	part := func(v float64) { out = append(out, fmt.Sprintf("%.3f", v)) }
	whole(n.Alerts, n.High, n.Medium, n.Low, n.Technical, n.Accepted, n.Rejected, n.Escalated)
	part(n.EscalatedShare())
	whole(n.Unanswered)
	part(n.ResponseMedian)
	part(n.Response90)
	part(n.ResponseMost)
	part(n.Rate)
	whole(n.Busiest)
	return out
}

// Cell is a text as a quoted cell that no spreadsheet takes for a formula,
// whether it splits the line at commas, semicolons, bars or tabs: an apostrophe
// goes before = + - @ and their full-width forms where a cell begins or could be
// made to begin, and control and format characters become spaces, so that no cell
// spans lines and nothing stands invisibly before a sign.
func Cell(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	begins := true // only what a reader may drop stands before this character
	for _, r := range strings.ToValidUTF8(text, "\uFFFD") {
		if unicode.In(r, unicode.C, unicode.Z) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) {
			r = ' '
		}
		switch r {
		case '=', '+', '-', '@', '＝', '＋', '－', '＠', '−', '﹢', '﹣', '﹦', '﹫':
			if begins {
				b.WriteByte('\'')
			}
			begins = false
		case ',', ';', '|', '"', '\'', '，', '；':
			begins = true
		case ' ':
		default:
			begins = false
		}
		if r == '"' {
			b.WriteByte('"')
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	return b.String()
}
