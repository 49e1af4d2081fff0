"""The table: every way to get a violating commit past the server that is tried, by its idea.

A way pushes as often as it likes and gives back the ids that must stay out. Its name says what it does, its docstring
why it might have worked; ways by message differ in the message alone.
"""

from collections.abc import Callable, Mapping

from server.gate import Gate
from server.ways_in import by_content, by_date, by_environment, by_failure, by_message, by_move, by_policy, by_ref

Way = Callable[[Gate], list[str]]


def _named(*ways: Way) -> dict[str, Way]:
    return {way.__name__: way for way in ways}


TABLE: Mapping[str, Mapping[str, Way]] = {
    "which ref carries it": _named(
        by_ref.plainly_on_main,
        by_ref.below_a_clean_commit,
        by_ref.as_the_last_of_many_refs,
        by_ref.on_a_new_branch,
        by_ref.on_a_light_tag_only,
        by_ref.on_an_annotated_tag_only,
        by_ref.on_a_tag_of_a_tag,
        by_ref.by_moving_a_tag,
        by_ref.under_refs_notes,
        by_ref.under_refs_notes_without_files,
        by_ref.under_refs_pull,
        by_ref.as_a_review,
        by_ref.under_a_name_that_is_no_text,
        by_ref.under_a_name_that_looks_like_an_option,
        by_ref.as_a_mirror,
    ),
    "how refs move": _named(
        by_move.by_force_over_main,
        by_move.by_force_back_and_forth,
        by_move.by_deleting_and_making_anew,
        by_move.by_deleting_main_and_its_policy,
        by_move.by_renaming_a_branch,
        by_move.by_pushing_again_and_again,
        by_move.with_objects_that_are_there_already,
        by_move.through_a_borrowed_object_store,
        by_move.from_a_shallow_clone,
        by_move.through_a_laxer_ref_first,
        by_move.through_a_laxer_ref_in_one_push,
        by_move.by_a_pusher_who_is_let_off_and_then_another,
    ),
    "the policy": _named(
        by_policy.with_a_laxer_policy_in_the_same_push,
        by_policy.with_a_laxer_policy_on_another_ref_of_the_push,
        by_policy.with_the_policy_deleted_in_the_same_push,
        by_policy.with_a_second_policy_file,
        by_policy.onto_a_branch_whose_policy_was_loosened_before,
        by_policy.with_a_faulty_policy,
    ),
    "what its date says": _named(
        by_date.with_dates_from_before_the_policy,
        by_date.with_old_dates_through_a_laxer_branch,
        by_date.with_a_date_within_an_exemption_that_ended,
        by_date.with_a_date_from_the_future,
    ),
    "what the environment says": _named(
        by_environment.with_configuration_in_the_environment,
        by_environment.with_configuration_of_the_account,
        by_environment.with_variables_for_the_hook,
        by_environment.with_a_graft,
        by_environment.with_a_shallow_file,
        by_environment.behind_a_replacement,
        by_environment.as_the_replacement_itself,
        by_environment.with_push_options,
        by_environment.as_somebody_else,
    ),
    "how the message is written": by_message.WAYS,
    "where the mark is hidden": _named(
        by_content.as_the_author,
        by_content.as_the_committer_behind_a_mailmap,
        by_content.in_the_second_parent_of_a_merge,
        by_content.in_a_merge_that_adds_a_line_itself,
        by_content.in_the_third_parent_of_an_octopus,
        by_content.in_a_file_that_attributes_hide,
        by_content.in_a_file_with_a_nul,
        by_content.in_a_file_in_utf16,
        by_content.in_a_large_file,
        by_content.in_a_file_with_a_hostile_name,
        by_content.in_a_commit_that_is_mangled,
        by_content.among_a_thousand_commits,
    ),
    "the hook itself": _named(
        by_failure.when_time_runs_out,
        by_failure.when_an_object_cannot_be_read,
        by_failure.when_the_policy_itself_is_missing_from_the_store,
        by_failure.when_the_log_cannot_be_written,
        by_failure.when_a_setting_is_wrong,
    ),
}

WAYS: Mapping[str, Way] = {name: way for ways in TABLE.values() for name, way in ways.items()}

UNCHECKED = frozenset(
    {
        "behind_more_than_is_read",
        "from_a_shallow_clone",
        "in_an_unknown_encoding",
        "when_a_setting_is_wrong",
        "when_an_object_cannot_be_read",
        "when_the_log_cannot_be_written",
        "when_the_policy_itself_is_missing_from_the_store",
        "when_time_runs_out",
        "with_a_faulty_policy",
        "with_a_second_policy_file",
        "with_a_shallow_file",
    }
)
"""Ways that are refused because something could not be checked, and not for what was found."""
