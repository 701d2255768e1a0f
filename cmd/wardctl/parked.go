package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) parkedCommand() *cobra.Command {
	c := &cobra.Command{Use: "parked", Short: "Messages whose patient nobody could tell: list, show, assign, take back, discard",
		Long: "A message whose number is nobody's, several people's or plainly somebody else's is not guessed at: it is parked, whole,\n" +
			"until a person says whose it is. The ward that it names sees on its board that something waits, and after a time\n" +
			"(feed.parked_alert) hears a technical alert; where it names no ward, the charge nurses of all wards see it. What waits\n" +
			"is kept without an end; the text of what was assigned or discarded is erased after feed.parked_keep."}
	c.AddCommand(t.parkedList(), t.parkedShow(), t.parkedAssign(), t.parkedTakeBack(), t.parkedDiscard())
	return c
}

// onParked runs f with the number of an entry, and says in a person's words why an
// entry could not be found or changed.
func (t *tool) onParked(cmd *cobra.Command, arg string, f func(ctx context.Context, s *site.Site, id int64) error) error {
	id, err := strconv.ParseInt(arg, 10, 64)
	if err != nil {
		return fmt.Errorf("%q is no number of a parked message: `wardctl parked list` shows them", arg)
	}
	return t.with(cmd, func(ctx context.Context, s *site.Site) error {
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		err := f(ctx, s, id)
		if errors.Is(err, parked.ErrNotWaiting) {
			return fmt.Errorf("%w; `wardctl parked take-back %d` lets it wait again", err, id)
		}
		return err
	})
}

// waits is an entry as `parked list --json` says it: it names nobody.
type waits struct {
	ID       int64                `json:"id"`
	State    parked.State         `json:"state"`
	Since    time.Time            `json:"since"`
	Received time.Time            `json:"received"`
	Source   string               `json:"source"`
	Kind     string               `json:"kind"`
	Control  string               `json:"control"`
	Numbers  []patient.Identifier `json:"numbers"`
	Ward     string               `json:"ward,omitempty"`
	Reason   string               `json:"reason"`
	// HasItNow is the MRN of who has the number now, if exactly one has.
	HasItNow string `json:"hasItNow,omitempty"`
}

func newWaits(e parked.Entry, owner string) waits {
	w := waits{ID: e.ID, State: e.State, Since: e.Since, Received: e.Received, Source: e.Source, Kind: e.Kind, Control: e.Control,
		Numbers: e.Numbers, Ward: e.Ward, Reason: e.Reason, HasItNow: owner}
	if w.Numbers == nil {
		w.Numbers = []patient.Identifier{}
	}
	return w
}

func (t *tool) parkedList() *cobra.Command {
	var asJSON, all bool
	c := &cobra.Command{Use: "list", Short: "List what waits to be assigned, the longest first", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				ctx, cancel := context.WithTimeout(ctx, limit)
				defer cancel()
				lookAtParked(ctx, cmd, s)
				entries, err := s.Record.ParkedMessages(ctx, all)
				if err != nil {
					return err
				}
				owners, err := s.Record.OwnersNow(ctx, entries)
				if err != nil {
					return err
				}
				if err := s.Record.Audit(ctx, parkedLine(s, audit.ListParked, "")); err != nil {
					return err
				}
				list := []waits{}
				for _, e := range entries {
					list = append(list, newWaits(e, owners[e.ID]))
				}
				if asJSON {
					return printJSON(cmd.OutOrStdout(), list)
				}
				return printWaits(cmd.OutOrStdout(), list, all)
			})
		}}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON array")
	c.Flags().BoolVar(&all, "all", false, "also what was assigned or discarded")
	return c
}

func parkedLine(s *site.Site, what audit.Action, object string) audit.Event {
	return audit.Event{Actor: operator(), Station: s.Config.Station, Action: what, Object: object, Outcome: audit.Done}
}

func printWaits(w io.Writer, list []waits, all bool) error {
	if len(list) == 0 {
		_, err := fmt.Fprintln(w, "nothing waits")
		return err
	}
	out := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	head := "ID\tSINCE\tFROM\tKIND\tNUMBER SENT\tWARD\tHAS IT NOW\tWHY"
	if all {
		head += "\tSTATE"
	}
	fmt.Fprintln(out, head)
	for _, e := range list {
		fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s", e.ID, e.Since.Local().Format("2006-01-02 15:04"), alert.Clean(e.Source, 40),
			alert.Clean(e.Kind, 20), numbersText(e.Numbers), dash(e.Ward), dash(e.HasItNow), alert.Clean(e.Reason, 120))
		if all {
			fmt.Fprintf(out, "\t%s", e.State)
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return alert.Clean(s, 40)
}

// numbersText is how the numbers of an entry were sent: "OAK MRN K300".
func numbersText(all []patient.Identifier) string {
	var out []string
	for _, i := range all {
		out = append(out, strings.Join(strings.Fields(i.Authority+" "+i.Type+" "+i.Value), " "))
	}
	return dash(strings.Join(out, ", "))
}

// parkedDetail is an entry as `parked show --json` says it.
type parkedDetail struct {
	waits
	Name    string     `json:"name,omitempty"`
	Born    string     `json:"born,omitempty"`
	Patient string     `json:"assignedTo,omitempty"` // MRN
	By      string     `json:"by,omitempty"`
	At      *time.Time `json:"at,omitempty"`
	Why     string     `json:"why,omitempty"`
	Erased  *time.Time `json:"erased,omitempty"`
	Message string     `json:"message,omitempty"`
}

func (t *tool) parkedShow() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "show ID", Short: "Show one parked message whole", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.onParked(cmd, args[0], func(ctx context.Context, s *site.Site, id int64) error {
				e, err := s.Record.ParkedMessage(ctx, id)
				if err != nil {
					return err
				}
				owners, err := s.Record.OwnersNow(ctx, []parked.Entry{e})
				if err != nil {
					return err
				}
				d := parkedDetail{waits: newWaits(e, owners[e.ID]), Name: e.Name, Born: e.Born, By: e.By, At: whenKnown(e.At), Why: e.Why,
					Erased: whenKnown(e.Erased), Message: string(e.Raw)}
				if e.Patient != "" {
					who, err := s.Record.Summaries(ctx, []string{e.Patient})
					if err != nil {
						return err
					}
					d.Patient = who[e.Patient].Patient.MRN
				}
				line := parkedLine(s, audit.ViewParked, args[0])
				line.Patient = e.Patient
				if err := s.Record.Audit(ctx, line); err != nil {
					return err
				}
				if asJSON {
					return printJSON(cmd.OutOrStdout(), d)
				}
				return printParked(cmd.OutOrStdout(), d)
			})
		}}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return c
}

// printParked is one entry for a person. All of it comes from other systems:
// nothing in it may act on a terminal.
func printParked(w io.Writer, d parkedDetail) error {
	out := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	line := func(what, text string) {
		if text != "" {
			fmt.Fprintf(out, "%s\t%s\n", what, alert.Clean(text, 400))
		}
	}
	line("Parked message", strconv.FormatInt(d.ID, 10))
	line("State", string(d.State))
	line("Received", d.Received.Local().Format("2006-01-02 15:04:05"))
	line("Since", d.Since.Local().Format("2006-01-02 15:04:05"))
	line("From", d.Source)
	line("Kind", d.Kind+", MSH-10 "+d.Control)
	line("Why", d.Reason)
	line("Number sent", numbersText(d.Numbers))
	line("Name sent", d.Name)
	line("Born, as sent", d.Born)
	line("Ward", d.Ward)
	line("Has it now", d.HasItNow)
	line("Assigned to", d.Patient)
	if d.At != nil {
		line("Decided", d.At.Local().Format("2006-01-02 15:04:05")+" by "+d.By)
	}
	line("Reason", d.Why)
	if d.Erased != nil {
		line("Text", "erased "+d.Erased.Local().Format("2006-01-02"))
	}
	if err := out.Flush(); err != nil || d.Message == "" {
		return err
	}
	fmt.Fprintln(w)
	for _, segment := range strings.FieldsFunc(d.Message, func(r rune) bool { return r == '\r' || r == '\n' }) {
		if _, err := fmt.Fprintln(w, "  "+alert.Clean(segment, 2000)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tool) parkedAssign() *cobra.Command {
	var mrn, born, name string
	c := &cobra.Command{Use: "assign ID", Short: "Bring a parked message to a patient, named by two identifiers", Args: cobra.ExactArgs(1),
		Example: "  wardctl parked assign 17 --mrn K300 --born 1948-02-03\n  wardctl parked assign 17 --mrn K300 --name \"Marsh, Ann\"",
		Long: "The number and the date of birth (or the name) must both fit one patient of the record. What the message brings is then\n" +
			"charted as if it had come for them, with its own times. `wardctl parked take-back` undoes it.\n\n" +
			"Only results can be assigned. What an ADT message says of who a patient is and where could not be taken back: have it\n" +
			"corrected where it came from and sent again, and discard this one.",
		RunE: func(cmd *cobra.Command, args []string) error {
			said := parked.Said{MRN: strings.ReplaceAll(mrn, " ", ""), Name: name}
			if born != "" {
				day, err := time.Parse(time.DateOnly, born)
				if err != nil {
					return fmt.Errorf("--born %q: write it as 1948-02-03", born)
				}
				said.Born = day
			}
			return t.onParked(cmd, args[0], func(ctx context.Context, s *site.Site, id int64) error {
				_, charted, err := s.Record.AssignParked(ctx, id, said, hand(s), replayOptions(s))
				if err != nil {
					line := parkedLine(s, audit.AssignParked, args[0])
					line.Outcome = audit.Refused
					return errors.Join(assignRefused(err, said), s.Record.Audit(ctx, line))
				}
				values := fmt.Sprint(charted.Observations, " values")
				if charted.Observations == 1 {
					values = "1 value"
				}
				fmt.Fprintf(cmd.OutOrStdout(), "charted %s for MRN %s\n", values, alert.Clean(said.MRN, 40))
				for _, w := range charted.Warnings {
					fmt.Fprintf(cmd.ErrOrStderr(), "warning: %s: %s\n", w.Segment, w.Text)
				}
				kick(ctx, cmd, s)
				return nil
			})
		}}
	f := c.Flags()
	f.StringVar(&mrn, "mrn", "", "the patient's `number`")
	f.StringVar(&born, "born", "", "the patient's date of birth, `YYYY-MM-DD`")
	f.StringVar(&name, "name", "", "the patient's `name`, instead of the date of birth: \"Surname, Given\"")
	return c
}

// assignRefused says in a person's words why a patient was not taken.
func assignRefused(err error, said parked.Said) error {
	switch {
	case errors.Is(err, parked.ErrOneIdentifier):
		return errors.New("two identifiers are needed: --mrn, and --born or --name")
	case errors.Is(err, records.ErrNotFound) && said.MRN != "":
		return fmt.Errorf("not assigned: %w", err)
	case errors.Is(err, records.ErrAmbiguous):
		return fmt.Errorf("not assigned: several patients have the number %s", said.MRN)
	}
	return err
}

func hand(s *site.Site) records.Hand {
	return records.Hand{By: operator(), Station: s.Config.Station}
}

// replayOptions are those with which the site imports.
func replayOptions(s *site.Site) hl7.ImportOptions {
	loc, _ := s.Config.Here.Location()
	return hl7.ImportOptions{Location: loc, Authority: s.Config.Here.Authority}
}

func (t *tool) parkedTakeBack() *cobra.Command {
	return &cobra.Command{Use: "take-back ID", Short: "Undo an assignment, or a discard: the message waits again", Args: cobra.ExactArgs(1),
		Long: "What the assignment charted is withdrawn from the chart: it stays readable there as withdrawn, and by whom.",
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.onParked(cmd, args[0], func(ctx context.Context, s *site.Site, id int64) error {
				if _, err := s.Record.TakeBackParked(ctx, id, hand(s)); err != nil {
					return err
				}
				fmt.Fprintln(cmd.OutOrStdout(), "it waits again")
				kick(ctx, cmd, s)
				return nil
			})
		}}
}

func (t *tool) parkedDiscard() *cobra.Command {
	var reason string
	c := &cobra.Command{Use: "discard ID", Short: "End a parked message that is nobody's here", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.onParked(cmd, args[0], func(ctx context.Context, s *site.Site, id int64) error {
				err := s.Record.DiscardParked(ctx, id, alert.Clean(reason, alert.MaxText), hand(s))
				if errors.Is(err, parked.ErrNoReason) {
					return errors.New("say why: --reason \"…\"")
				}
				if err != nil {
					return err
				}
				fmt.Fprintln(cmd.OutOrStdout(), "discarded")
				kick(ctx, cmd, s)
				return nil
			})
		}}
	c.Flags().StringVar(&reason, "reason", "", "`why` it is nobody's here; kept with it")
	return c
}

// lookAtParked raises what is overdue and erases what was kept long enough, at the
// end of a command that met parked messages. The stations do the same, so that its
// failure is said and fails nothing.
func lookAtParked(ctx context.Context, cmd *cobra.Command, s *site.Site) {
	limits := s.Config.Feed.Parked()
	raised, err := s.Record.AlertParked(ctx, limits.Alert, s.Config.Station)
	if err == nil {
		_, err = s.Record.EraseParked(ctx, limits.Keep)
	}
	if err != nil {
		fmt.Fprintf(cmd.ErrOrStderr(), "parked messages could not be looked at: %v\n", err)
	}
	if raised > 0 {
		kick(ctx, cmd, s)
	}
}
