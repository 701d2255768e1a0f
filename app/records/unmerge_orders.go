package records

import "context"

// ordersGoBack gives merged what came after the merge of an order that was its own:
// above all the correction of a value, which must not stay with another patient while
// the mistake goes back. An order number that both had before the merge tells nothing:
// what came by it stays. So does all of a merge of an older program, which did not
// note them.
func (t *tx) ordersGoBack(ctx context.Context, now, merged string, group []string, was mergeKept) error {
	if !was.NotesOrders {
		return nil
	}
	_, err := t.exec(ctx, `UPDATE results SET charted_for = ?
		WHERE patient = ? AND ord <> '' AND NOT charted_for `+t.d.among+` AND NOT ord `+t.d.among+`
			AND EXISTS (SELECT 1 FROM results own WHERE own.patient = results.patient AND own.ord = results.ord
				AND own.charted_for `+t.d.among+`)`,
		merged, now, t.d.list(group), t.d.list(was.SharedOrders), t.d.list(group))
	return err
}
