package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/user"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) alertCommand() *cobra.Command {
	c := &cobra.Command{Use: "alert", Short: "Show or set how a ward's alerts escalate"}
	policy := &cobra.Command{Use: "policy",
		Short: "How a ward's alerts escalate: after what time, along which path, latching or not"}
	policy.AddCommand(t.policyShow(), t.policySet(), t.policyHistory())
	c.AddCommand(policy)
	return c
}

// onWard runs f for a ward that exists.
func (t *tool) onWard(cmd *cobra.Command, ward string,
	f func(ctx context.Context, s *site.Site, id string) error) error {
	return t.with(cmd, func(ctx context.Context, s *site.Site) error {
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		id, err := needWard(ward, s)
		if err == nil {
			_, err = s.Record.Ward(ctx, id)
		}
		if err != nil {
			return err
		}
		return f(ctx, s, id)
	})
}

func (t *tool) policyShow() *cobra.Command {
	var ward string
	var asJSON bool
	c := &cobra.Command{Use: "show", Short: "Show how a ward's alerts escalate", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.onWard(cmd, ward, func(ctx context.Context, s *site.Site, id string) error {
				p, err := s.Record.AlertPolicy(ctx, id)
				if err != nil {
					return err
				}
				if asJSON {
					return printJSON(cmd.OutOrStdout(), p)
				}
				return printPolicy(cmd.OutOrStdout(), id, p)
			})
		}}
	c.Flags().StringVar(&ward, "ward", "", "`ID` of the ward (default: the site's)")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return c
}

// change is what `policy set` was asked for; nil: as it is.
type change struct {
	priority       string
	after, unshown time.Duration
	path           string
	latching       bool
	given          func(flag string) bool
}

// of is the policy with the change made.
func (c change) of(p alert.Policy) (alert.Policy, error) {
	rule := c.given("after") || c.given("path") || c.given("latching")
	switch {
	case !rule && !c.given("unshown"):
		return p, errors.New("nothing to set: add --after, --path, --latching or --unshown")
	case rule && c.priority == "":
		return p, errors.New("--priority is missing: high, medium, low or technical")
	case c.priority != "" && !alert.Priority(c.priority).Known():
		return p, fmt.Errorf("--priority %q: say high, medium, low or technical", c.priority)
	}
	if rule {
		r := p.For(alert.Priority(c.priority))
		if c.given("after") {
			r.After = alert.Seconds(c.after)
		}
		if c.given("path") {
			path, err := alert.ParsePath(c.path)
			if err != nil {
				return p, err
			}
			r.Path = path
		}
		if c.given("latching") {
			r.Latching = c.latching
		}
		p = p.Set(alert.Priority(c.priority), r)
	}
	if c.given("unshown") {
		p.Unshown = alert.Seconds(c.unshown)
	}
	return p, p.Check()
}

func (t *tool) policySet() *cobra.Command {
	var ward string
	var ch change
	c := &cobra.Command{Use: "set",
		Short: "Change how a ward's alerts escalate; stations follow within seconds, and the change is audited",
		Args:  cobra.NoArgs,
		Example: "  wardctl alert policy set --ward 4B --priority medium --after 90s\n" +
			"  wardctl alert policy set --ward 4B --priority high --path charge,everyone\n" +
			"  wardctl alert policy set --ward 4B --priority technical --latching",
		Long: "Only what is given changes. A high alert escalates after at most 120 s, every path ends with everyone, and no time is\n" +
			"below 5 s. A step at which nobody is signed in is passed over at once. An alert that is open keeps the time it was\n" +
			"given; its next step follows the new policy. Each version is kept: see `wardctl alert policy history`.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			ch.given = cmd.Flags().Changed
			return t.onWard(cmd, ward, func(ctx context.Context, s *site.Site, id string) error {
				was, err := s.Record.AlertPolicy(ctx, id)
				if err != nil {
					return err
				}
				now, err := ch.of(was)
				if err != nil {
					return err
				}
				differs := was.Differs(now)
				if len(differs) == 0 {
					fmt.Fprintln(cmd.OutOrStdout(), "as it was")
					return nil
				}
				if err := s.Record.SetAlertPolicy(ctx, id, now, operator(), s.Config.Station); err != nil {
					if errors.Is(err, records.ErrKeyReused) {
						return fmt.Errorf("somebody else changed it just now; look at it, and try again: %w", err)
					}
					return err
				}
				fmt.Fprintln(cmd.OutOrStdout(), strings.Join(differs, "\n"))
				return nil
			})
		}}
	c.Flags().StringVar(&ward, "ward", "", "`ID` of the ward (default: the site's)")
	c.Flags().StringVar(&ch.priority, "priority", "", "which alerts: high, medium, low or technical")
	c.Flags().DurationVar(&ch.after, "after", 0,
		"escalate after this `time` without an answer; 0s: not by time (not for high)")
	c.Flags().StringVar(&ch.path, "path", "", "who is called, one `step` after the other: nurse,charge,everyone")
	c.Flags().BoolVar(&ch.latching, "latching", false, "an alert whose cause ended stays until a person ends it")
	c.Flags().DurationVar(&ch.unshown, "unshown", 0,
		"call the next after this `time` if no screen shows the alert; 0s: never")
	return c
}

func (t *tool) policyHistory() *cobra.Command {
	var ward string
	c := &cobra.Command{Use: "history",
		Short: "List who changed how a ward's alerts escalate, when, and from what to what", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.onWard(cmd, ward, func(ctx context.Context, s *site.Site, id string) error {
				all, err := s.Record.AlertPolicies(ctx, id)
				if err != nil {
					return err
				}
				was := alert.DefaultPolicy()
				for _, p := range all {
					for _, line := range was.Differs(p.Policy) {
						fmt.Fprintf(cmd.OutOrStdout(), "%d\t%s\t%s\t%s\n", p.Version,
							tongue.Here(p.At).Format(time.DateTime), p.By, line)
					}
					was = p.Policy
				}
				if len(all) == 0 {
					fmt.Fprintln(cmd.OutOrStdout(), "nobody changed it: the default is in force")
				}
				return nil
			})
		}}
	c.Flags().StringVar(&ward, "ward", "", "`ID` of the ward (default: the site's)")
	return c
}

// operator is who runs this program, for the audit: the name of their account on
// this machine.
func operator() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return station + ":" + u.Username
	}
	return station
}

// printPolicy is a policy for a person.
func printPolicy(w io.Writer, ward string, p alert.Policy) error {
	set := "as set in version " + fmt.Sprint(p.Version)
	if p.Version == 0 {
		set = "the default"
	}
	fmt.Fprintf(w, "Ward %s, %s\n", ward, set)
	out := tabwriter.NewWriter(w, 2, 8, 2, ' ', 0)
	fmt.Fprintln(out, "priority\tescalates after\tpath\tlatching")
	for _, pr := range []alert.Priority{alert.High, alert.Medium, alert.Technical, alert.Low} {
		r := p.For(pr)
		fmt.Fprintf(out, "%s\t%s\t%s\t%v\n", pr, r.After.Words(), alert.PathWords(r.Path), r.Latching)
	}
	fmt.Fprintf(out, "shown nowhere\t%s\n", p.Unshown.Words())
	return out.Flush()
}
