//! Menus survive their files, and what is wrong in a file is told by its place.

use super::{Format, Place};
use presso_core::menu::{Choose, Menu};
use std::path::Path;

const TABLE: &str = "\
kind,id,name,icon,available,groups,choose,required,group
drink,latte,Latte,latte,yes,milk extras,,,
drink,tea,\"Tea, black\",,no,,,,
group,milk,Milk,,,,single,yes,
option,whole,Whole,,yes,,,,milk
option,oat,Oat,,no,,,,milk
group,extras,Extras,,,,multiple,no,
option,shot,Extra shot,,yes,,,,extras
";

fn place(format: Format, text: &str) -> Place {
    format.read(text).unwrap_err().place
}

#[test]
fn a_menu_comes_back_from_its_table_and_from_toml_as_it_was() {
    let menu = Format::Csv.read(TABLE).unwrap();
    assert_eq!((menu.drinks.len(), menu.groups.len()), (2, 2));
    assert_eq!(menu.drinks[1].name, "Tea, black");
    assert!(!menu.drinks[1].available && !menu.groups[0].options[1].available);
    assert_eq!(menu.groups[1].choose, Choose::Multiple);
    assert_eq!(Format::Csv.write(&menu), TABLE);
    assert_eq!(Format::Toml.read(&Format::Toml.write(&menu)), Ok(menu));
}

#[test]
fn an_empty_menu_comes_back_too() {
    for format in [Format::Csv, Format::Toml] {
        assert_eq!(
            format.read(&format.write(&Menu::default())),
            Ok(Menu::default())
        );
    }
}

#[test]
fn columns_may_stand_in_any_order_and_be_left_out() {
    let menu = Format::Csv
        .read("\u{feff}name, id, kind\nLatte, latte, drink\n")
        .unwrap();
    assert!(menu.drinks[0].available);
}

#[test]
fn a_wrong_cell_is_told_by_line_and_column() {
    let with = |row: &str| place(Format::Csv, &format!("{TABLE}{row}\n"));
    assert_eq!(with("cake,a,A,,,,,,"), Place::Cell(9, "kind"));
    assert_eq!(with("drink,A b,A,,,,,,"), Place::Cell(9, "id"));
    assert_eq!(with("drink,a,A,,maybe,,,,"), Place::Cell(9, "available"));
    assert_eq!(with("drink,a,A,,,,single,,"), Place::Cell(9, "choose"));
    assert_eq!(with("drink,a,A,,,Milk!,,,"), Place::Cell(9, "groups"));
    assert_eq!(with("group,a,A,,,,some,,"), Place::Cell(9, "choose"));
    assert_eq!(with("option,a,A,,,,,,syrup"), Place::Cell(9, "group"));
    assert_eq!(with("drink,a,A"), Place::Line(9));
}

#[test]
fn a_wrong_head_is_told() {
    assert_eq!(place(Format::Csv, "kind,id\n"), Place::Line(1));
    assert_eq!(place(Format::Csv, "kind,id,name,price\n"), Place::Line(1));
}

#[test]
fn what_no_shop_can_work_with_is_told_by_its_field() {
    let twice = format!("{TABLE}drink,tea,Tea,,,,,,\n");
    assert_eq!(
        place(Format::Csv, &twice),
        Place::Field("drinks[2].id".into())
    );
}

#[test]
fn a_wrong_field_of_toml_is_told_by_line_and_character() {
    let text = "[[drinks]]\nid = \"latte\"\nname = 7\n";
    assert_eq!(place(Format::Toml, text), Place::Letter(3, 8));
}

#[test]
fn other_files_are_refused_by_their_name() {
    assert_eq!(Format::of(Path::new("menu.toml")), Ok(Format::Toml));
    assert_eq!(
        Format::of(Path::new("menu.xlsx")).unwrap_err().place,
        Place::Name
    );
}
