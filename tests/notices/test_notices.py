"""Messages reach each account once and are marked as read when opened."""

from tests.makers import AT, make_user

from secondment.notices.models import Notice
from secondment.notices.queries import n_unread
from secondment.notices.services import read_notices, send_notice


def test_one_message_an_account(db: None) -> None:
    one, two = make_user(), make_user()
    assert send_notice([one, two, one], title="示例", at=AT) == 2
    assert (n_unread(one), n_unread(two)) == (1, 1)


def test_opening_a_message_marks_it_and_leaves_others(db: None, signed_in) -> None:
    user = make_user()
    send_notice([user], title="一", body="第一段", path="/todo/", at=AT)
    send_notice([user], title="二", at=AT)
    first = Notice.objects.get(title="一")
    page = signed_in(user).get(f"/notices/{first.pk}/").content.decode()
    assert 'href="/todo/"' in page
    assert n_unread(user) == 1
    assert read_notices(user, at=AT) == 1
    assert read_notices(user, at=AT) == 0
