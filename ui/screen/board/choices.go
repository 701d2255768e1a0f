package board

import (
	"fmt"
	"slices"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
)

func filters() []string {
	return []string{tongue.T("Mine"), tongue.T("All"), tongue.T("Attention"), tongue.T("Overdue")}
}

// counted is the name of a filter and how many it shows.
func counted(name string, n int) string { return fmt.Sprint(name, " ", n) }

// filterOrder is the filters in the order of their choices.
var filterOrder = [...]board.Filter{board.Mine, board.All, board.Attention, board.Overdue}

// Query is what the nurse asks to see now.
func (s *Screen) Query() board.Query { return s.query }

// SetQuery shows which rows are asked for, without asking.
func (s *Screen) SetQuery(q board.Query) {
	s.query = q
	s.filter.Choose(slices.Index(filterOrder[:], q.Filter))
	s.sort.Choose(int(q.Order))
	s.search.SetText(q.Text)
}

// SetList shows lines instead of tiles, or tiles again.
func (s *Screen) SetList(on bool) {
	if s.list == on {
		return
	}
	s.list = on
	s.mode.Choose(map[bool]int{false: 0, true: 1}[on])
	s.beds, s.places = map[bedKey]bed{}, nil
	if s.shown {
		s.Show(s.view)
	}
}

func (s *Screen) chooseFilter(i int) {
	s.query.Filter = filterOrder[i]
	s.ask()
}

func (s *Screen) chooseOrder(i int) {
	s.query.Order = [...]board.Order{board.ByAcuity, board.ByBed, board.ByDue}[i]
	s.ask()
}

func (s *Screen) ask() {
	if s.actions.Query != nil {
		s.actions.Query(s.query)
	}
}
